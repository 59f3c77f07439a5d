#ifdef __linux__
// clock_gettime(2)
#define _GNU_SOURCE

#include "other.h"

#include "caller.h"
#include "clock.h"
#include "grant.h"

#include <errno.h>
#include <unistd.h>

void portrun_meet_other(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request, const struct portrun_address *address) {
    enum { pause = 250 };
    int64_t moment = portrun_now();
    int64_t *reported = &translation->shared->reported_other;
    if (!translation->is_heard || (*reported != 0 && moment - *reported < pause) || !portrun_is_local(address)) return;
    int socket = portrun_take_from(request->thread, request->descriptor);
    if (socket < 0) return;
    enum portrun_transport transport;
    if (portrun_read_transport(socket, &transport) && transport == portrun_tcp
        && portrun_concerns(translation, notification, socket)) {
        *reported = moment;
        uint16_t port = portrun_port(address);
        struct portrun_report report = {
            .kind = portrun_report_other,
            .pid = request->thread,
            .declared = port,
            .booked = port,
            .transport = portrun_tcp};
        portrun_send_report(translation, &report);
    }
    close(socket);
}

// Room that is kept in the rules for ports in use.
enum { kept_rules = portrun_spare_rules / 2 };

bool portrun_is_ephemeral(const struct portrun_shared *shared, uint16_t port) {
    return port >= shared->first_ephemeral && port <= shared->last_ephemeral;
}

bool portrun_is_askable(const struct portrun_translation *translation, uint16_t port) {
    const struct portrun_shared *shared = translation->shared;
    if (!shared->asks_first || portrun_has_port(&shared->others, port)) return false;
    if (!portrun_is_ephemeral(shared, port)) return portrun_may_be_others(translation, port);
    return !portrun_has_port(&shared->declared, port) && !portrun_has_port(&shared->booked, port);
}

void portrun_ask_whose(struct portrun_translation *translation, pid_t thread, uint16_t port) {
    struct portrun_shared *shared = translation->shared;
    if (!translation->is_heard || portrun_has_port(&shared->nobodys, port)) return;
    if (shared->rule_count + kept_rules > shared->rule_limit) return;
    // Tests start servers on any free port, and some start very many.
    enum { ephemeral_limit = 256 };
    if (portrun_is_ephemeral(shared, port) && shared->asked_ephemeral++ >= ephemeral_limit) return;
    struct portrun_report question = {
        .kind = portrun_report_question, .pid = thread, .declared = port, .booked = port, .transport = portrun_tcp};
    portrun_ask_for_grants(translation, &question);
}

static void ask(struct portrun_translation *translation, pid_t thread, uint16_t port) {
    if (!translation->is_heard) return;
    struct portrun_report request = {
        .kind = portrun_report_request, .pid = thread, .declared = port, .booked = port, .transport = portrun_tcp};
    portrun_ask_for_grants(translation, &request);
    translation->shared->asked = portrun_now();
}

// A program may try again and again.
static bool has_just_asked(const struct portrun_translation *translation) {
    enum { pause = 250 };
    int64_t asked = translation->shared->asked;
    return asked != 0 && portrun_now() - asked < pause;
}

// A socket that shares its port is bound beside another checkout's that does so, too. Asked for once.
static bool might_share(struct portrun_translation *translation, int socket, uint16_t port) {
    int shares = 0;
    socklen_t size = sizeof shares;
    struct portrun_ports *seen = &translation->shared->shared_ports;
    if (getsockopt(socket, SOL_SOCKET, SO_REUSEPORT, &shares, &size) != 0 || shares == 0) return false;
    if (portrun_has_port(seen, port)) return false;
    portrun_add_port(seen, port);
    return true;
}

// A free port may be somebody else's whose program does not run now. Asked for once, and while there is room for those in
// use, too.
static bool is_to_be_asked_for(struct portrun_translation *translation, uint16_t port) {
    struct portrun_shared *shared = translation->shared;
    if (!shared->asks_first || portrun_has_port(&shared->asked_first, port)) return false;
    if (shared->rule_count + kept_rules > shared->rule_limit) return false;
    portrun_add_port(&shared->asked_first, port);
    return true;
}

bool portrun_may_be_others(const struct portrun_translation *translation, uint16_t port) {
    const struct portrun_shared *shared = translation->shared;
    if (port < shared->first_unprivileged || portrun_has_port(&shared->declared, port)) return false;
    if (portrun_has_port(&shared->others, port)) return true;
    return translation->is_heard && !portrun_has_port(&shared->booked, port)
        && !portrun_is_ephemeral(shared, port);
}

bool portrun_bind_undeclared(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request, const struct portrun_address *address, bool is_repeated,
    struct portrun_answer *answer) {
    uint16_t port = portrun_port(address);
    int socket = portrun_take_from(request->thread, request->descriptor);
    if (socket < 0) return false;
    enum portrun_transport transport;
    bool is_bound = false;
    if (portrun_read_transport(socket, &transport) && transport == portrun_tcp
        && portrun_concerns(translation, notification, socket)) {
        uint64_t cookie = portrun_socket_cookie(socket);
        if (portrun_take_answer(cookie, answer)) {
            is_bound = true;
        } else {
            bool is_first = is_to_be_asked_for(translation, port);
            if (might_share(translation, socket, port) || is_first) ask(translation, request->thread, port);
            int error = 0;
            if (!portrun_has_port(&translation->shared->declared, port)) {
                error = bind(socket, (const struct sockaddr *)&address->bytes, address->length) == 0 ? 0 : -errno;
                // It was bound before.
                is_bound = error == 0 || (is_repeated && error == -EINVAL);
            }
            *answer = (struct portrun_answer){.cookie = cookie};
            if (error == -EADDRINUSE && !has_just_asked(translation)) {
                ask(translation, request->thread, port);
            }
        }
    }
    close(socket);
    return is_bound;
}
#endif
