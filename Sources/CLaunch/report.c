#ifdef __linux__
#define _GNU_SOURCE

#include "answer.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

bool portrun_send_report(struct portrun_translation *translation, const struct portrun_report *report) {
    if (!translation->is_heard) return true;
    // The other one may be stopped, with its queue full. Its end is told by poll(2).
    ssize_t sent = send(translation->peer, report, sizeof *report, MSG_DONTWAIT | MSG_NOSIGNAL);
    return sent >= 0 || (errno != EAGAIN && errno != ENOBUFS && errno != ENOMEM);
}

bool portrun_take_report(struct portrun_translation *translation, struct portrun_report *report) {
    if (translation->peer < 0) return false;
    return recv(translation->peer, report, sizeof *report, MSG_DONTWAIT) == sizeof *report;
}

void portrun_await_report(const struct portrun_translation *translation) {
    enum { patience = 100 };
    struct pollfd question = {.fd = translation->peer, .events = POLLIN};
    poll(&question, 1, patience);
}

void portrun_settle(struct portrun_translation *translation, const struct portrun_report *report) {
    struct portrun_shared *shared = translation->shared;
    if (report->kind == portrun_report_other) {
        portrun_remove_port(&shared->untold_others, report->declared);
        return;
    }
    if (report->kind == portrun_report_question) {
        portrun_add_port(&shared->nobodys, report->declared);
        return;
    }
    for (uint32_t index = 0; index < shared->rule_count; index++) {
        struct portrun_kept_rule *kept = &shared->rules[index];
        if (kept->rule.declared != report->declared || kept->rule.transport != report->transport) continue;
        kept->settled |= 1 << report->kind;
    }
    if (!portrun_has_port(&shared->declared, report->declared)) portrun_add_port(&shared->passed, report->declared);
}

void portrun_grant(
    const struct portrun_translation *translation, const struct portrun_report *request, uint16_t booked) {
    struct portrun_report grant = *request;
    grant.kind = portrun_report_grant;
    grant.booked = booked;
    // Who does not get it goes on after a second.
    send(translation->peer, &grant, sizeof grant, MSG_DONTWAIT | MSG_NOSIGNAL);
}
#endif
