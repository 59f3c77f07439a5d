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

bool portrun_ask_for_grants(struct portrun_translation *translation, const struct portrun_report *request) {
    enum { patience = 1000, pause = 10000 };
    int64_t *unanswered = &translation->shared->unanswered;
    // Everybody waits for an answer.
    if (*unanswered != 0 && portrun_now() - *unanswered < pause) return false;
    if (!portrun_send_report(translation, request)) return false;
    int64_t end = portrun_now() + patience;
    for (int64_t rest = patience; rest > 0; rest = end - portrun_now()) {
        struct pollfd question = {.fd = translation->peer, .events = POLLIN};
        if (poll(&question, 1, (int)rest) != 1) continue;
        struct portrun_report grant;
        // It has ended.
        if (!portrun_take_report(translation, &grant)) return false;
        if (grant.booked != 0) {
            struct portrun_rule rule = {
                .transport = grant.transport,
                .uses = portrun_use_bind | portrun_use_connect,
                .declared = grant.declared,
                .booked = grant.booked};
            portrun_set_rule(translation->shared, &rule);
        }
        if (is_same(&grant, request)) return true;
    }
    *unanswered = portrun_now();
    return false;
}
#endif
