#ifdef __linux__
// clock_gettime(2)
#define _GNU_SOURCE

#include "grant.h"

#include "answer.h"
#include "clock.h"
#include "rule.h"

#include <poll.h>

static bool is_same(const struct portrun_report *grant, const struct portrun_report *request) {
    return grant->declared == request->declared && grant->value == request->value;
}

static void take_rule(struct portrun_shared *shared, const struct portrun_report *grant) {
    // What has no port is the answer to a question, or the end of what is granted.
    if (grant->booked == 0 || grant->declared == 0) return;
    struct portrun_rule rule = {
        .transport = grant->transport,
        .uses = portrun_use_bind | portrun_use_connect,
        .declared = grant->declared,
        .booked = grant->booked};
    portrun_set_rule(shared, &rule);
}

// Waits for all that is granted, of which the request itself is the `last`.
static bool ask(
    struct portrun_translation *translation, const struct portrun_report *request, struct portrun_report *last) {
    enum { patience = 1000, pause = 10000 };
    int64_t *unanswered = &translation->shared->unanswered;
    // Everybody waits for an answer.
    if (*unanswered != 0 && portrun_now() - *unanswered < pause) return false;
    if (!portrun_send_report(translation, request)) return false;
    int64_t end = portrun_now() + patience;
    for (int64_t rest = patience; rest > 0; rest = end - portrun_now()) {
        struct pollfd question = {.fd = translation->peer, .events = POLLIN};
        if (poll(&question, 1, (int)rest) != 1) continue;
        // It has ended.
        if (!portrun_take_report(translation, last)) return false;
        take_rule(translation->shared, last);
        if (is_same(last, request)) return true;
    }
    *unanswered = portrun_now();
    return false;
}

bool portrun_ask_for_grants(struct portrun_translation *translation, const struct portrun_report *request) {
    struct portrun_report last;
    return ask(translation, request, &last);
}

bool portrun_ask(struct portrun_translation *translation, const struct portrun_report *question) {
    struct portrun_report answer;
    return ask(translation, question, &answer) && answer.booked != 0;
}
#endif
