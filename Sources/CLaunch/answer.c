#ifdef __linux__
// SOCK_CLOEXEC
#define _GNU_SOURCE

#include "answer.h"

#include "caller.h"
#include "kill.h"
#include "message.h"
#include "news.h"
#include "other.h"
#include "patience.h"
#include "rule.h"
#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const struct portrun_answer unchanged = {.continues = true};

// Answers that did not arrive: trap 4 of the design, blind repetition would give EINVAL (bind) or EISCONN (connect).
enum { kept_count = 64 };
static struct portrun_answer kept[kept_count];
static unsigned next_kept;
static bool has_kept;

void portrun_keep_answer(const struct portrun_answer *answer) {
    kept[next_kept++ % kept_count] = *answer;
    has_kept = true;
}

// The kernel before 5.19 and a signal with a handler that restarts calls (SA_RESTART) make this happen.
bool portrun_take_answer(uint64_t cookie, struct portrun_answer *answer) {
    for (int index = 0; has_kept && index < kept_count; index++) {
        if (kept[index].cookie != cookie || cookie == 0) continue;
        *answer = kept[index];
        kept[index].cookie = 0;
        return true;
    }
    return false;
}

bool portrun_concerns(
    const struct portrun_translation *translation, const struct seccomp_notif *notification, int socket) {
    pid_t thread = (pid_t)notification->pid;
    if (!portrun_is_in_own_network(thread, socket)) return false;
    // What was read of the thread was its own only if it still waits: its number may be another's by now.
    uint64_t id = notification->id;
    return ioctl(translation->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

static int do_bind(
    struct portrun_translation *translation, struct portrun_kept_rule *rule, pid_t thread, int socket,
    const struct portrun_address *address, bool is_repeated) {
    int error = bind(socket, (const struct sockaddr *)&address->bytes, address->length) == 0 ? 0 : -errno;
    // It was bound before.
    if (is_repeated && error == -EINVAL) error = 0;
    if (error == 0) portrun_follow_bind(translation, &rule->rule);
    if (error == -EADDRINUSE) portrun_report_rule(translation, rule, portrun_report_busy, thread);
    return error;
}

// A socket that does not block has not waited for the answer. It is there all the same: packets to this machine are
// delivered before the call returns. Reading SO_ERROR would take it away from the program; poll(2) leaves it.
static bool is_refused(int socket, int error) {
    if (error == -ECONNREFUSED) return true;
    struct pollfd question = {.fd = socket, .events = 0};
    return error == -EINPROGRESS && poll(&question, 1, 0) == 1 && (question.revents & POLLERR) != 0;
}

static struct portrun_answer do_connect(
    struct portrun_translation *translation, struct portrun_kept_rule *rule, pid_t thread, int socket,
    const struct portrun_address *address, bool is_repeated) {
    bool blocks = (fcntl(socket, F_GETFL) & O_NONBLOCK) == 0;
    int error = blocks ? portrun_connect_patiently(socket, address)
        : connect(socket, (const struct sockaddr *)&address->bytes, address->length) == 0 ? 0
                                                                                          : -errno;
    // The socket is connecting already, so the kernel will not look at the address, and wait as long as it takes.
    if (error == -EINTR) return unchanged;
    if (is_repeated && error == -EISCONN) error = 0;
    if (is_repeated && error == -EALREADY) error = -EINPROGRESS;
    if (is_refused(socket, error)) portrun_report_rule(translation, rule, portrun_report_refused, thread);
    return (struct portrun_answer){.error = error};
}

// Acts on a socket that was taken; the rest of the order of checks, which goes from cheap to dear.
static struct portrun_answer act(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request, struct portrun_address *address, int socket, bool is_repeated) {
    enum portrun_transport transport;
    if (!portrun_read_transport(socket, &transport)) return unchanged;
    bool binds = request->kind == portrun_call_bind;
    struct portrun_kept_rule *rule = portrun_find_rule(
        translation, transport, binds ? portrun_use_bind : portrun_use_connect, portrun_port(address));
    if (rule == NULL || !portrun_concerns(translation, notification, socket)) return unchanged;
    struct portrun_answer answer;
    uint64_t cookie = portrun_socket_cookie(socket);
    if (portrun_take_answer(cookie, &answer)) return answer;
    portrun_set_port(address, rule->rule.booked);
    if (binds) {
        answer = (struct portrun_answer){
            .error = do_bind(translation, rule, request->thread, socket, address, is_repeated)};
    } else {
        answer = do_connect(translation, rule, request->thread, socket, address, is_repeated);
    }
    answer.cookie = cookie;
    return answer;
}

// Reads the address of bind or connect. False for one that is left alone.
static bool read_address(
    struct portrun_translation *translation, const struct portrun_request *request, struct portrun_address *address) {
    if (request->length < portrun_shortest_address || request->length > portrun_longest_address) return false;
    if (!portrun_read_memory(request->thread, request->pointer, &address->bytes, request->length)) {
        if (errno == EPERM && !translation->shared->has_told_unreadable) {
            struct portrun_report report = {.kind = portrun_report_unreadable, .pid = request->thread};
            translation->shared->has_told_unreadable = portrun_send_report(translation, &report);
        }
        return false;
    }
    address->length = request->length;
    // bind(2) takes it for IPv4 if the address is the wildcard.
    struct sockaddr_in *ipv4 = (struct sockaddr_in *)&address->bytes;
    if (request->kind == portrun_call_bind && ipv4->sin_family == AF_UNSPEC && ipv4->sin_addr.s_addr == INADDR_ANY)
        ipv4->sin_family = AF_INET;
    return true;
}

struct portrun_answer portrun_find_answer(
    struct portrun_translation *translation, const struct seccomp_notif *notification, bool is_repeated) {
    struct portrun_request request;
    struct portrun_address address;
    if (!portrun_read_request(notification, &request)) return unchanged;
    if (request.kind >= portrun_call_kill) {
        return portrun_answer_kill(translation, &request);
    }
    if (portrun_is_news(notification, &request)) return portrun_hear_news(translation, request.thread);
    if (request.kind != portrun_call_bind && request.kind != portrun_call_connect) {
        return portrun_answer_message(translation, notification, &request);
    }
    if (!read_address(translation, &request, &address)) return unchanged;
    uint16_t port = portrun_port(&address);
    if (port == 0) return unchanged;
    if (request.kind == portrun_call_bind && portrun_may_be_others(translation, port)) {
        struct portrun_answer answer;
        // Else there may be a rule for it now.
        if (portrun_bind_undeclared(translation, notification, &request, &address, is_repeated, &answer)) {
            if (!portrun_has_port(&translation->shared->others, port)) portrun_watch(translation, &request, port);
            return answer;
        }
    }
    if (request.kind == portrun_call_connect && portrun_is_askable(translation, port) && portrun_is_local(&address)) {
        portrun_ask_whose(translation, request.thread, port);
    }
    if (!portrun_has_port(&translation->shared->declared, port)) {
        if (request.kind == portrun_call_bind) {
            portrun_watch(translation, &request, port);
        } else if (portrun_has_port(&translation->shared->untold_others, port)) {
            portrun_meet_other(translation, notification, &request, &address);
        }
        return unchanged;
    }
    // A program may bind whatever address is its own, but connect to other machines.
    if (request.kind == portrun_call_connect && !portrun_is_local(&address)) return unchanged;
    int socket = portrun_take_from(request.thread, request.descriptor);
    if (socket < 0) return unchanged;
    struct portrun_answer answer = act(translation, notification, &request, &address, socket, is_repeated);
    close(socket);
    return answer;
}
#endif
