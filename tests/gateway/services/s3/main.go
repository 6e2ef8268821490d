// The versitygw S3 server on a folder, in a program of its own: the published one brings other stores and an
// administration along, which take twice as long to build.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

func serve(address, folder string) error {
	paths := map[string]string{}
	for _, name := range []string{"buckets", "metadata", "versions"} {
		paths[name] = filepath.Join(folder, name)
		if err := os.MkdirAll(paths[name], 0o755); err != nil {
			return err
		}
	}
	metadata, err := meta.NewSideCar(paths["metadata"]) // Not every file system keeps attributes.
	if err != nil {
		return err
	}
	store, err := posix.New(paths["buckets"], metadata, posix.PosixOpts{
		SideCarDir:          paths["metadata"],
		VersioningDir:       paths["versions"],
		CopyObjectThreshold: 5 << 30,
	})
	if err != nil {
		return err
	}
	stopped, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()
	return embedgw.RunVersityGW(stopped, store, &embedgw.Config{
		RootUserAccess:    os.Getenv("S3_ACCESS_KEY_ID"),
		RootUserSecret:    os.Getenv("S3_SECRET_ACCESS_KEY"),
		Ports:             []string{address},
		MaxConnections:    1000,
		MaxRequests:       1000,
		MultipartMaxParts: 10000,
		KeepAlive:         true,
		Quiet:             true,
	})
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: versitygw HOST:PORT FOLDER")
		os.Exit(2)
	}
	if err := serve(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
