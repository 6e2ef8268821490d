/* Reads an identity-based policy, asks who may read which order, and prints why not.
 *
 *     embed POLICY.json
 */
#include <stdio.h>
#include <stdlib.h>
#include <writ/engine.h>

static char* read_file(const char* path) {
    char* text = NULL;
    FILE* file = fopen(path, "rb");
    if (file == NULL) return NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        const long size = ftell(file);
        rewind(file);
        text = size < 0 ? NULL : malloc((size_t)size + 1);
        if (text != NULL) text[fread(text, 1, (size_t)size, file)] = '\0';
    }
    fclose(file);
    return text;
}

static writ_policies* load(const char* path) {
    const writ_policy_source source = {"orders.json", NULL, NULL};
    writ_error error;
    writ_policies* policies;
    char* json = read_file(path);
    if (json == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return NULL;
    }
    policies = writ_policies_new();
    if (policies != NULL && writ_policies_add(policies, WRIT_IDENTITY, 0, &source, json, &error) != WRIT_OK) {
        fprintf(stderr, "%s:%u:%u: %s\n", path, error.line, error.column, error.message);
        writ_policies_free(policies);
        policies = NULL;
    }
    free(json);
    return policies;
}

static void ask(const writ_policies* policies, const writ_request* request, const char* resource) {
    const writ_decision decision = writ_decide(policies, request);
    char* message = writ_denial_message(policies, request);
    printf("%s: %s by %s\n", resource, writ_verdict_name(decision.verdict),
           writ_decider_name(decision.decided_by));
    if (message != NULL) printf("  %s\n", message);
    writ_string_free(message);
}

int main(int argc, char** argv) {
    static const char mine[] = "arn:aws:s3:::orders/bob/17";
    static const char yours[] = "arn:aws:s3:::orders/alice/4";
    writ_error error;
    writ_policies* policies = argc == 2 ? load(argv[1]) : NULL;
    writ_request* request;
    if (policies == NULL) return 2;
    request = writ_request_new("arn:aws:iam::111122223333:user/bob", "s3:GetObject", mine, &error);
    if (request == NULL) {
        fprintf(stderr, "%s\n", error.message);
        writ_policies_free(policies);
        return 2;
    }

    writ_request_set(request, "aws:SourceIp", "203.0.113.9");
    ask(policies, request, mine);
    writ_request_set_target(request, "s3:GetObject", yours);
    ask(policies, request, yours);
    writ_request_set(request, "aws:SourceIp", "198.51.100.1");
    ask(policies, request, yours);

    writ_request_free(request);
    writ_policies_free(policies);
    return 0;
}
