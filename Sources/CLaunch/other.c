#ifdef __linux__
// clock_gettime(2)
#define _GNU_SOURCE

#include "other.h"

#include "answer.h"
#include "caller.h"

#include <time.h>
#include <unistd.h>

void portrun_meet_other(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request, const struct portrun_address *address) {
    enum { pause = 250 };
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t moment = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
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
#endif
