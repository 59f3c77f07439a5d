#ifdef __linux__
// syscall(2)
#define _GNU_SOURCE

#include "news.h"

#include "grant.h"

#include <sys/syscall.h>
#include <unistd.h>

// A fourth argument, which connect(2) does not have. Without a filter around it the call is one on no socket.
enum { news_mark = 0x70727432 };

bool portrun_tell_news(void) {
    return syscall(SYS_connect, -1, NULL, portrun_shortest_address, news_mark) == 0;
}

bool portrun_is_news(const struct seccomp_notif *notification, const struct portrun_request *request) {
    return request->kind == portrun_call_connect && request->descriptor == -1 && !request->is_32_bit
        && notification->data.args[3] == news_mark;
}

struct portrun_answer portrun_hear_news(struct portrun_translation *translation, pid_t thread) {
    if (!translation->is_heard) return (struct portrun_answer){.continues = true};
    // Each has a number of its own: the end of one that came too late ends no other.
    struct portrun_report request = {
        .kind = portrun_report_news, .value = ++translation->shared->news, .pid = thread, .transport = portrun_tcp};
    return (struct portrun_answer){.continues = !portrun_ask_for_grants(translation, &request)};
}
#else
#include "translation.h"

bool portrun_tell_news(void) { return false; }
#endif
