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

static void ask(struct portrun_translation *translation, pid_t thread, uint16_t port) {
    // A program may try again and again.
    enum { pause = 250 };
    int64_t *asked = &translation->shared->asked;
    if (!translation->is_heard || (*asked != 0 && portrun_now() - *asked < pause)) return;
    struct portrun_report request = {
        .kind = portrun_report_request, .pid = thread, .declared = port, .booked = port, .transport = portrun_tcp};
    portrun_ask_for_grants(translation, &request);
    *asked = portrun_now();
}

bool portrun_bind_other(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request, const struct portrun_address *address, bool is_repeated,
    struct portrun_answer *answer) {
    // A lower one may take a privilege that this process has and the other has not.
    enum { first_unprivileged = 1024 };
    uint16_t port = portrun_port(address);
    if (port < first_unprivileged) return false;
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
            int error = bind(socket, (const struct sockaddr *)&address->bytes, address->length) == 0 ? 0 : -errno;
            // It was bound before.
            is_bound = error == 0 || (is_repeated && error == -EINVAL);
            *answer = (struct portrun_answer){.cookie = cookie};
            if (error == -EADDRINUSE) ask(translation, request->thread, port);
        }
    }
    close(socket);
    return is_bound;
}
#endif
