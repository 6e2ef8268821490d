#!/usr/bin/env bash
# Makes the keys and certificates of the tests anew in keys/. They protect nothing. Needs openssl and ssh-keygen.
#   root -> intermediate -> leaf; ec, expired and future sign themselves
set -euo pipefail
cd "$(dirname "$0")"
rm -rf keys && mkdir keys && cd keys
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
touch "$work/index.txt"
cat >"$work/ca.cnf" <<EOF
[ca]
default_ca = ca
[ca]
database = $work/index.txt
new_certs_dir = $work
rand_serial = yes
unique_subject = no
default_md = sha256
policy = policy
x509_extensions = leaf
[policy]
commonName = supplied
[leaf]
basicConstraints = critical, CA:FALSE
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
EOF

# issue NAME EXTENSIONS BEGIN END ISSUER: ISSUER may be NAME itself.
issue() {
    openssl req -new -key "$1.key" -subj "/CN=$1.example.com" -out "$work/$1.csr"
    local by=(-cert "$5.pem" -keyfile "$5.key")
    [ "$5" != "$1" ] || by=(-selfsign -keyfile "$1.key")
    openssl ca -batch -notext -config "$work/ca.cnf" -extensions "$2" -startdate "$3" -enddate "$4" \
        "${by[@]}" -in "$work/$1.csr" -out "$1.pem" 2>/dev/null
}

begin=20260101000000Z
end=21260101000000Z
for name in root intermediate expired future; do
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out $name.key
done
openssl ecparam -name prime256v1 -genkey -out ec.key # With its parameters in front.
openssl genrsa -out leaf.key 2048 2>/dev/null
issue root authority $begin $end root
issue intermediate authority $begin $end root
issue leaf leaf $begin $end intermediate
issue ec leaf $begin $end ec
issue expired leaf 20200101000000Z 20210101000000Z expired
issue future leaf 21000101000000Z $end future
openssl rsa -in leaf.key -traditional -out leaf-pkcs1.key 2>/dev/null
openssl rsa -in leaf.key -aes256 -passout pass:secret -out leaf-encrypted.key 2>/dev/null
openssl genpkey -algorithm ED25519 -out ed25519.key
openssl x509 -in leaf.pem -outform DER | sha1sum | xxd -r -p | base32 >leaf.thumbprint

for bits in 1024 2048; do
    openssl genrsa -out "$work/$bits.key" $bits 2>/dev/null
    openssl rsa -in "$work/$bits.key" -pubout -out rsa$bits.pem 2>/dev/null
    chmod 600 "$work/$bits.key"
    ssh-keygen -y -f "$work/$bits.key" | sed 's/$/ ada@example.com/' >rsa$bits.ssh
done
openssl rsa -in "$work/2048.key" -RSAPublicKey_out -out rsa2048-pkcs1.pem 2>/dev/null
ssh-keygen -l -E md5 -f rsa2048.ssh | cut -d' ' -f2 | sed 's/MD5://' >rsa2048.fingerprint
ssh-keygen -q -t ed25519 -N '' -C '' -f "$work/ed25519"
cp "$work/ed25519.pub" ed25519.ssh
chmod 644 ./*
