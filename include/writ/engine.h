/* The decision engine of Writ for programs in C and everything that can call C.
 *
 *     writ_error error;
 *     writ_policies *policies = writ_policies_new();
 *     writ_policies_add(policies, WRIT_IDENTITY, 0, NULL, json, &error);
 *     writ_request *request = writ_request_new("arn:aws:iam::111122223333:user/bob", "s3:GetObject",
 *                                              "arn:aws:s3:::orders/1", &error);
 *     writ_request_set(request, "aws:SourceIp", "192.0.2.7");
 *     if (writ_decide(policies, request).verdict == WRIT_ALLOWED) ...
 *
 * Ownership. What a function named ..._new returns belongs to the caller, who gives it to the ..._free of
 * that name; the char * that a function returns goes to writ_string_free. All texts that are passed in are
 * copied. Every free function accepts NULL.
 *
 * Threads. A handle may be read (writ_decide, writ_explain_json, ...) from any number of threads at once.
 * While one thread changes a handle (..._add, ..._set, ...) no other may use that handle. Different handles
 * are independent of each other.
 *
 * Errors. Functions that can fail return a writ_status or NULL and describe the failure in the writ_error
 * they are given, which may be NULL. A call that failed changed nothing; only a request that memory ran out
 * on may be denied from then on, whatever it asks. Nothing is thrown, nothing is printed, no file or network
 * is touched. Two things end the process when memory runs out during them: printing an explanation, and
 * unpacking the library's tables of AWS actions, which happens at the first RCP and at the first denial that
 * is explained or put into words.
 *
 * Texts are UTF-8 and end in NUL. Where a text is wanted, NULL is an invalid argument unless it says
 * otherwise.
 */
#ifndef WRIT_ENGINE_H
#define WRIT_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define WRIT_API __attribute__((visibility("default")))
#else
#define WRIT_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library, "0.1.0". Never freed. */
WRIT_API const char* writ_version(void);

/* ---- Errors ------------------------------------------------------------------------------------------- */

/* The numbers are frozen. */
typedef enum writ_status {
    WRIT_OK = 0,
    WRIT_INVALID_ARGUMENT = 1, /* NULL, a number outside its enumeration, a principal that is none ... */
    WRIT_INVALID_POLICY = 2,   /* The text is no policy document; line and column say where. */
    WRIT_NOT_FOUND = 3,        /* No AWS managed policy has this ARN. */
    WRIT_OUT_OF_MEMORY = 4,
    WRIT_INTERNAL_ERROR = 5 /* A defect of the library. */
} writ_status;

/* Filled in by a call that fails, left alone by one that succeeds. */
typedef struct writ_error {
    writ_status status;
    uint32_t line;     /* Of the policy text, from 1; 0 when no place in a text is meant. */
    uint32_t column;   /* In Unicode characters, from 1. */
    size_t byte;       /* From 0. */
    char message[512]; /* For people; cut off when longer. */
} writ_error;

/* ---- Policies ----------------------------------------------------------------------------------------- */

/* The numbers are frozen. */
typedef enum writ_policy_type {
    WRIT_IDENTITY = 0, /* Inline, attached and group policies of the caller. */
    WRIT_BOUNDARY = 1, /* The caller's permissions boundary. */
    WRIT_SESSION = 2,  /* Session policies of the caller's temporary credentials. */
    WRIT_TRUST = 3,    /* Of the role, for sts:AssumeRole and its kin. */
    WRIT_RESOURCE = 4, /* Of the resource: bucket policy, key policy, queue policy ... */
    WRIT_SCP = 5,      /* Service control policies, by level. */
    WRIT_RCP = 6,      /* Resource control policies, by level. */
    WRIT_ENDPOINT = 7  /* Of the VPC endpoint through which requests come. */
} writ_policy_type;

/* All policies that are in force together for a request. */
typedef struct writ_policies writ_policies;

/* Where a document comes from, for explanations and denial messages. Every member may be NULL. */
typedef struct writ_policy_source {
    const char* name;        /* "ReadOrders"; NULL: its index among the policies of its type and level. */
    const char* arn;         /* Of a managed policy, an SCP or RCP. */
    const char* attached_to; /* "group developers"; NULL: the caller itself. */
} writ_policy_source;

/* No policy of any type: nobody but a root user is allowed anything. NULL when memory is out. */
WRIT_API writ_policies* writ_policies_new(void);
WRIT_API void writ_policies_free(writ_policies* policies);

/* Adds a policy document. `level` counts the levels of an organization for WRIT_SCP and WRIT_RCP: 0 the root,
 * then the organizational units on the path, last the account; every level up to the highest that was named
 * is in force, and one without documents allows nothing. For all other types `level` must be 0. `source` may
 * be NULL.
 *
 * The grammar of policies is checked, not what AWS refuses in one policy type or another when it stores a
 * document: a document that is evaluated somewhere may be evaluated here.
 *
 * Cost: linear in the documents of this type and level. Compile once, decide often. */
WRIT_API writ_status writ_policies_add(writ_policies* policies, writ_policy_type type, uint32_t level,
                                       const writ_policy_source* source, const char* json, writ_error* error);

/* The same for a policy that AWS publishes and the library carries, by its ARN, such as
 * "arn:aws:iam::aws:policy/ReadOnlyAccess" or
 * "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess". */
WRIT_API writ_status writ_policies_add_managed(writ_policies* policies, writ_policy_type type, uint32_t level,
                                               const char* arn, writ_error* error);

/* Puts a policy type (and the level) in force without a document, so that it allows nothing until one is
 * added: an empty list of session policies is not the same as none. */
WRIT_API writ_status writ_policies_require(writ_policies* policies, writ_policy_type type, uint32_t level,
                                           writ_error* error);

/* ---- Requests ----------------------------------------------------------------------------------------- */

/* Who asks for what, and the context in which conditions are evaluated. */
typedef struct writ_request writ_request;

/* `principal` is an ARN (user, assumed-role session, federated user, root; a role's ARN stands for a session
 * of it with an unknown name; a SAML or OIDC provider's for who comes from there), the name of a service
 * ("logs.amazonaws.com"), or "anonymous". `action` is "s3:GetObject", in any case. `resource` is an ARN, or
 * "*" for an action without resource.
 *
 * The keys that follow from these are in the context from the beginning: aws:PrincipalArn,
 * aws:PrincipalAccount, aws:PrincipalType, aws:userid, aws:username, aws:ResourceAccount ...; aws:CurrentTime
 * and aws:EpochTime come from the system's clock, which is read here and nowhere else.
 *
 * NULL when the principal is none or memory is out; `error` says which. */
WRIT_API writ_request* writ_request_new(const char* principal, const char* action, const char* resource,
                                        writ_error* error);
WRIT_API void writ_request_free(writ_request* request);

/* Sets a context key to one value, or to a list. A list is multivalued even with one value or none, and
 * matches only with ForAllValues and ForAnyValue. Replaces what the key held, also what was derived; keys
 * compare without case. Tags are keys as well: "aws:PrincipalTag/team", "aws:ResourceTag/team". */
WRIT_API writ_status writ_request_set(writ_request* request, const char* key, const char* value);
WRIT_API writ_status writ_request_set_list(writ_request* request, const char* key, const char* const* values,
                                           size_t count);
/* As if the key were not there, also when it would be derived. */
WRIT_API writ_status writ_request_remove(writ_request* request, const char* key);

/* aws:CurrentTime and aws:EpochTime, in seconds since 1970-01-01T00:00:00Z. */
WRIT_API writ_status writ_request_set_time(writ_request* request, int64_t unix_s);

/* What an ARN does not tell. The numbers are frozen. */
typedef enum writ_fact {
    WRIT_ROLE_ARN = 0,          /* Of a role session: its role with the path. */
    WRIT_ISSUER_ARN = 1,        /* Of a federated user: the user who called GetFederationToken. */
    WRIT_PRINCIPAL_ID = 2,      /* AIDA..., AROA..., for policies that name unique ids, and for aws:userid. */
    WRIT_CANONICAL_USER_ID = 3, /* 64 hexadecimal digits. */
    WRIT_RESOURCE_ACCOUNT = 4,  /* Who owns the resource, when its ARN does not tell. */
    WRIT_MANAGEMENT_ACCOUNT = 5, /* Of the organization: SCPs and RCPs do not bind it. */
    WRIT_SERVICE_LINKED = 6,     /* "true" or "false": session of a service-linked role. */
    WRIT_ASSUMED_ROOT = 7        /* "true" or "false": root by an AssumeRoot session. */
} writ_fact;
WRIT_API writ_status writ_request_set_fact(writ_request* request, writ_fact fact, const char* value);

/* Asks for something else with the same caller, context and facts. */
WRIT_API writ_status writ_request_set_target(writ_request* request, const char* action, const char* resource);

/* ---- Decisions ---------------------------------------------------------------------------------------- */

/* The numbers are frozen. */
typedef enum writ_verdict {
    WRIT_IMPLICIT_DENY = 0, /* Nothing allows it. */
    WRIT_EXPLICIT_DENY = 1, /* A Deny applies. */
    WRIT_ALLOWED = 2
} writ_verdict;

/* What decided. The numbers are frozen; the first eight are those of writ_policy_type. */
typedef enum writ_decider {
    WRIT_BY_IDENTITY = 0,
    WRIT_BY_BOUNDARY = 1,
    WRIT_BY_SESSION = 2,
    WRIT_BY_TRUST = 3,
    WRIT_BY_RESOURCE = 4,
    WRIT_BY_SCP = 5,
    WRIT_BY_RCP = 6,
    WRIT_BY_ENDPOINT = 7,
    WRIT_BY_ROOT = 8,    /* The root user of the account needs no policy. */
    WRIT_BY_NATURE = 9,  /* No policy has a say, as with sts:GetCallerIdentity. */
    WRIT_BY_NOTHING = 10 /* An argument was NULL, or something went wrong: a denial. */
} writ_decider;

#define WRIT_NO_INDEX UINT32_MAX

typedef struct writ_decision {
    writ_verdict verdict;
    writ_decider decided_by;
    /* The Deny that applied, or the first Allow of the deciding type. */
    uint32_t level;     /* SCP and RCP; of a level that allows nothing, too. */
    uint32_t policy;    /* In the order of adding, within type and level; or WRIT_NO_INDEX. */
    uint32_t statement; /* Within the document; or WRIT_NO_INDEX. */
} writ_decision;

/* The decision of IAM. Never fails: what goes wrong is a denial. Allocates nothing. Cost: linear
 * in the statements that can match action and resource. */
WRIT_API writ_decision writ_decide(const writ_policies* policies, const writ_request* request);

/* The same decision with everything that led to it, as one JSON object on one line: the decision, what every
 * policy type and statement said and why, the context keys that were asked for in vain, the sentence in which
 * AWS would deny, and statements that would lift a denial. docs/policy-cases.md describes it. NULL when
 * memory is out or an argument is NULL. */
WRIT_API char* writ_explain_json(const writ_policies* policies, const writ_request* request);

/* "User: arn:... is not authorized to perform: s3:GetObject on resource: ... because ...". NULL when allowed,
 * when memory is out or an argument is NULL. */
WRIT_API char* writ_denial_message(const writ_policies* policies, const writ_request* request);

WRIT_API void writ_string_free(char* text);

/* "allowed", "explicitDeny", "implicitDeny"; "identity", "boundary" ... Never freed, never NULL. */
WRIT_API const char* writ_verdict_name(writ_verdict verdict);
WRIT_API const char* writ_decider_name(writ_decider decider);

#ifdef __cplusplus
}
#endif

#endif
