#ifdef __linux__
#include "watch.h"

#include "answer.h"
#include "caller.h"
#include "clock.h"
#include "other.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

// Looks after a bind: a server listens at once, or when it has started up.
static const int looks[] = {50, 500, 3000};
enum { look_count = sizeof looks / sizeof *looks, watched_count = 32 };

static struct watched {
    // 0 in a free place.
    uint16_t port;
    pid_t thread;
    int descriptor;
    int look;
    int64_t due;
} watched[watched_count];

void portrun_watch(struct portrun_translation *translation, const struct portrun_request *request, uint16_t port) {
    const struct portrun_shared *shared = translation->shared;
    if (!translation->is_heard || portrun_has_port(&shared->passed, port) || portrun_has_port(&shared->booked, port)
        || portrun_is_ephemeral(shared, port))
        return;
    struct watched *free = NULL;
    for (int index = 0; index < watched_count; index++) {
        struct watched *place = &watched[index];
        if (place->port == port && place->thread == request->thread && place->descriptor == request->descriptor) return;
        if (place->port == 0) free = place;
    }
    // A program that binds so many at once scans ports, or fails soon.
    if (free == NULL) return;
    *free = (struct watched){
        .port = port, .thread = request->thread, .descriptor = request->descriptor, .due = portrun_now() + looks[0]};
}

int portrun_watch_timeout(void) {
    int64_t next = -1;
    for (int index = 0; index < watched_count; index++) {
        if (watched[index].port != 0 && (next < 0 || watched[index].due < next)) next = watched[index].due;
    }
    if (next < 0) return -1;
    int64_t rest = next - portrun_now();
    return rest > 0 ? (int)rest : 0;
}

enum state { waiting, unbound, listening, gone };

// The socket is held for no longer than the look: it would keep its port otherwise.
static enum state look_at(const struct watched *place, enum portrun_transport *transport) {
    int socket = portrun_take_from(place->thread, place->descriptor);
    if (socket < 0) return gone;
    struct portrun_address address = {.length = sizeof address.bytes};
    enum state state = gone;
    if (portrun_read_transport(socket, transport) && portrun_is_in_own_network(place->thread, socket)
        && getsockname(socket, (struct sockaddr *)&address.bytes, &address.length) == 0) {
        uint16_t port = portrun_port(&address);
        int listens = 0;
        socklen_t size = sizeof listens;
        getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size);
        if (port == 0) {
            state = unbound;
        } else if (port == place->port) {
            state = listens != 0 || *transport == portrun_udp ? listening : waiting;
        }
    }
    close(socket);
    return state;
}

void portrun_look(struct portrun_translation *translation) {
    int64_t moment = portrun_now();
    for (int index = 0; index < watched_count; index++) {
        struct watched *place = &watched[index];
        if (place->port == 0 || place->due > moment) continue;
        enum portrun_transport transport = portrun_tcp;
        struct portrun_report report = {.pid = place->thread, .declared = place->port, .booked = place->port};
        switch (look_at(place, &transport)) {
        case listening:
            report.kind = portrun_report_listening;
            break;
        // A program that finds its port taken mostly has ended by now, and its socket with it.
        case unbound:
        case gone:
            report.kind = portrun_report_busy;
            break;
        case waiting:
            if (++place->look < look_count) {
                place->due = moment + looks[place->look];
                continue;
            }
            break;
        }
        place->port = 0;
        if (report.kind == 0 || portrun_has_port(&translation->shared->passed, report.declared)) continue;
        report.transport = (uint8_t)transport;
        if (report.kind == portrun_report_listening) portrun_add_port(&translation->shared->passed, report.declared);
        portrun_send_report(translation, &report);
    }
}
#endif
