#ifdef __linux__
// MAP_ANONYMOUS
#define _GNU_SOURCE

#include "rule.h"
#include "shared.h"
#include "short_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// The kernel's defaults stand where a setting cannot be read.
static void read_settings(struct portrun_shared *shared) {
    unsigned first, last;
    char text[64];
    // What bind(2) gives for port 0; nobody hard-codes one of these.
    shared->first_ephemeral = 32768;
    shared->last_ephemeral = 60999;
    if (portrun_read_short_file("/proc/sys/net/ipv4/ip_local_port_range", text, sizeof text)
        && sscanf(text, "%u %u", &first, &last) == 2 && last < portrun_port_count) {
        shared->first_ephemeral = (uint16_t)first;
        shared->last_ephemeral = (uint16_t)last;
    }
    shared->first_unprivileged = 1024;
    if (portrun_read_short_file("/proc/sys/net/ipv4/ip_unprivileged_port_start", text, sizeof text)
        && sscanf(text, "%u", &first) == 1 && first > shared->first_unprivileged)
        shared->first_unprivileged = first < portrun_port_count ? (uint16_t)first : UINT16_MAX;
}

struct portrun_translation *portrun_make_translation(
    const struct portrun_rule *rules, size_t count, const uint16_t *others, size_t other_count,
    bool asks_first) {
    struct portrun_translation *translation = calloc(1, sizeof *translation);
    if (translation == NULL) return NULL;
    size_t limit = count + portrun_spare_rules;
    size_t size = sizeof(struct portrun_shared) + limit * sizeof(struct portrun_kept_rule);
    struct portrun_shared *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        free(translation);
        return NULL;
    }
    *translation = (struct portrun_translation){
        .shared = shared, .listener = -1, .peer = -1, .shell = -1, .executing = -1};
    shared->size = size;
    shared->rule_limit = (uint32_t)limit;
    shared->asks_first = asks_first;
    for (size_t index = 0; index < count; index++) {
        portrun_add_rule(shared, &rules[index]);
        if (rules[index].transport == portrun_udp) translation->has_udp = true;
    }
    for (size_t index = 0; index < other_count; index++) {
        if (portrun_has_port(&shared->declared, others[index])) continue;
        portrun_add_port(&shared->others, others[index]);
        portrun_add_port(&shared->untold_others, others[index]);
    }
    read_settings(shared);
    return translation;
}

void portrun_free_translation(struct portrun_translation *translation) {
    if (translation->listener >= 0) close(translation->listener);
    if (translation->peer >= 0) close(translation->peer);
    munmap(translation->shared, translation->shared->size);
    free(translation);
}

pid_t portrun_supervisor(const struct portrun_translation *translation) { return translation->supervisor; }
#else
#include "translation.h"

#include <errno.h>

// Other systems have nothing that stops a system call for another process to answer.
struct portrun_translation *portrun_make_translation(
    const struct portrun_rule *rules, size_t count, const uint16_t *others, size_t other_count,
    bool asks_first) {
    (void)rules, (void)count, (void)others, (void)other_count, (void)asks_first;
    return NULL;
}

void portrun_free_translation(struct portrun_translation *translation) { (void)translation; }

pid_t portrun_supervisor(const struct portrun_translation *translation) {
    (void)translation;
    return -1;
}

pid_t portrun_fork_translated(
    struct portrun_image *image, struct portrun_translation *translation, int *channel,
    struct portrun_failure *failure) {
    (void)image, (void)translation, (void)channel;
    *failure = (struct portrun_failure){portrun_obstacle_system, ENOSYS};
    return -1;
}

bool portrun_translate_self(struct portrun_translation *translation, struct portrun_failure *failure) {
    (void)translation;
    *failure = (struct portrun_failure){portrun_obstacle_system, ENOSYS};
    return false;
}

bool portrun_take_report(struct portrun_translation *translation, struct portrun_report *report) {
    (void)translation, (void)report;
    return false;
}

void portrun_await_report(const struct portrun_translation *translation) { (void)translation; }

void portrun_settle(struct portrun_translation *translation, const struct portrun_report *report) {
    (void)translation, (void)report;
}

void portrun_grant(
    const struct portrun_translation *translation, const struct portrun_report *request, uint16_t booked) {
    (void)translation, (void)request, (void)booked;
}

void portrun_succeed(struct portrun_translation *translation) { (void)translation; }

void portrun_serve(struct portrun_translation *translation, const sigset_t *signals, int64_t limit) {
    (void)translation, (void)signals, (void)limit;
}
#endif
