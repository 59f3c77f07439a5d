#ifdef __linux__
// process_vm_writev(2)
#define _GNU_SOURCE

#include "message.h"

#include "caller.h"
#include "clock.h"
#include "header.h"
#include "rule.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/uio.h>
#include <unistd.h>

static const struct portrun_answer unchanged = {.continues = true};

// How many messages of one sendmmsg are sent at once; the program sends the rest again, as whenever that returns less.
enum { batch = 64 };

// The largest datagram. What is longer goes in pieces over TCP, and not at all over UDP.
static char data[65536];
static _Alignas(struct cmsghdr) char control[4096];

// To a datagram socket of IPv4 an address without a family is one of IPv4; returns whether it is changed into that.
static bool complete(struct portrun_address *target) {
    struct sockaddr_in *ipv4 = (struct sockaddr_in *)&target->bytes;
    if (target->length < sizeof *ipv4 || ipv4->sin_family != AF_UNSPEC) return false;
    ipv4->sin_family = AF_INET;
    return true;
}

// Whether such an address means one on this socket.
static bool is_completed(int socket, enum portrun_transport transport) {
    int domain = 0;
    socklen_t size = sizeof domain;
    return transport == portrun_udp && getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0
        && domain == AF_INET;
}

// What is known before a socket is taken.
static bool may_be_translated(struct portrun_translation *translation, const struct portrun_address *target) {
    uint16_t port = portrun_port(target);
    return port != 0 && portrun_has_port(&translation->shared->declared, port) && portrun_is_local(target);
}

// Copies the pieces of a message from byte `start` on, as far as there is room. Returns the size, or -1 for what cannot be
// read.
static ssize_t copy_data(const struct portrun_request *request, const struct portrun_header *header, uint64_t start) {
    size_t size = 0;
    for (uint64_t index = 0; index < header->piece_count && size < sizeof data; index++) {
        struct portrun_piece piece;
        if (!portrun_read_piece(request, header, index, &piece)) return -1;
        if (piece.size <= start) {
            start -= piece.size;
            continue;
        }
        size_t part = piece.size - start < sizeof data - size ? piece.size - start : sizeof data - size;
        if (!portrun_read_memory(request->thread, piece.address + start, data + size, part)) return -1;
        start = 0;
        size += part;
    }
    return (ssize_t)size;
}

// Sends one message; returns what sendmsg(2) does, or an errno value with its sign turned.
static ssize_t send_message(
    const struct portrun_request *request, const struct portrun_header *header, struct portrun_address *target,
    int socket, enum portrun_transport transport) {
    if (header->piece_count > UIO_MAXIOV) return -EMSGSIZE;
    ssize_t size = copy_data(request, header, 0);
    if (size < 0) return -EFAULT;
    if (transport == portrun_udp && size == sizeof data) return -EMSGSIZE;
    if (header->control_size > sizeof control) return -ENOBUFS;
    if (header->control_size > 0
        && !portrun_read_memory(request->thread, header->control, control, header->control_size))
        return -EFAULT;
    struct iovec bytes = {data, (size_t)size};
    struct msghdr message = {
        .msg_name = target->length > 0 ? &target->bytes : NULL,
        .msg_namelen = target->length,
        .msg_iov = &bytes,
        .msg_iovlen = 1,
        .msg_control = header->control_size > 0 ? control : NULL,
        .msg_controllen = header->control_size};
    ssize_t sent = sendmsg(socket, &message, request->flags | MSG_DONTWAIT | MSG_NOSIGNAL);
    return sent >= 0 ? sent : -errno;
}

// Whether the program would wait where `send_message` does not.
static bool would_wait(const struct portrun_request *request, int socket) {
    return (request->flags & MSG_DONTWAIT) == 0 && (fcntl(socket, F_GETFL) & O_NONBLOCK) == 0;
}

// Sends what is left of a message behind its first `sent` bytes, for a program that would wait until all is sent: for as
// long as others can wait. Returns how much is sent then.
static ssize_t send_rest(
    const struct portrun_request *request, const struct portrun_header *header, int socket, ssize_t sent) {
    enum { patience = 100 };
    int64_t end = portrun_now() + patience, rest = patience;
    ssize_t size;
    while (rest > 0 && (size = copy_data(request, header, (uint64_t)sent)) > 0) {
        ssize_t part = send(socket, data, (size_t)size, (request->flags & ~MSG_FASTOPEN) | MSG_DONTWAIT | MSG_NOSIGNAL);
        struct pollfd question = {.fd = socket, .events = POLLOUT};
        if (part > 0) {
            sent += part;
        } else if (errno != EAGAIN || poll(&question, 1, (int)rest) < 1) {
            break;
        }
        rest = end - portrun_now();
    }
    return sent;
}

static struct portrun_answer send_all(
    struct portrun_translation *translation, const struct portrun_request *request, int socket,
    enum portrun_transport transport) {
    bool has_many = request->kind == portrun_call_sendmmsg;
    uint32_t count = !has_many ? 1 : request->length < batch ? request->length : batch;
    uint32_t done = 0;
    ssize_t result = 0;
    for (; done < count; done++) {
        struct portrun_header header;
        struct portrun_address target;
        if (!portrun_read_header(request, done, &header, &target)) {
            result = -EFAULT;
            break;
        }
        // Its layout is another one there; nothing that is known sends any to an address of this machine.
        if (request->is_32_bit && header.control_size > 0) return unchanged;
        if (complete(&target) && !is_completed(socket, transport)) return unchanged;
        if (may_be_translated(translation, &target)) {
            struct portrun_kept_rule *rule =
                portrun_find_rule(translation, transport, portrun_use_connect, portrun_port(&target));
            if (rule != NULL) portrun_set_port(&target, rule->rule.booked);
        }
        result = send_message(request, &header, &target, socket, transport);
        if (result < 0) break;
        if (transport == portrun_tcp && would_wait(request, socket)) {
            result = send_rest(request, &header, socket, result);
        }
        if (has_many) portrun_write_length(request, done, (uint32_t)result);
    }
    if (result == -EINPROGRESS && would_wait(request, socket)) {
        // The socket is connecting: the kernel waits for that, whatever the address, and sends then.
        return unchanged;
    }
    // The kernel says so of a full queue, too. Nothing on the way to this machine makes a program wait.
    if (result == -EAGAIN && would_wait(request, socket)) result = -ENOBUFS;
    struct portrun_answer answer = {.cookie = portrun_socket_cookie(socket)};
    if (result < 0 && done == 0) {
        answer.error = (int)result;
    } else {
        answer.value = has_many ? done : result;
    }
    return answer;
}

struct portrun_answer portrun_answer_message(
    struct portrun_translation *translation, const struct seccomp_notif *notification,
    const struct portrun_request *request) {
    bool is_concerned = false;
    uint32_t count = request->kind == portrun_call_sendmmsg ? request->length : 1;
    for (uint32_t index = 0; index < count && index < UIO_MAXIOV && !is_concerned; index++) {
        struct portrun_header header;
        struct portrun_address target;
        if (!portrun_read_header(request, index, &header, &target)) return unchanged;
        complete(&target);
        is_concerned = may_be_translated(translation, &target);
    }
    if (!is_concerned) return unchanged;
    int socket = portrun_take_from(request->thread, request->descriptor);
    if (socket < 0) return unchanged;
    struct portrun_answer answer = unchanged;
    enum portrun_transport transport;
    // TCP has an address only where the first data opens the connection.
    if (portrun_read_transport(socket, &transport)
        && (transport == portrun_udp || (request->flags & MSG_FASTOPEN) != 0)
        && portrun_concerns(translation, notification, socket)
        && !portrun_take_answer(portrun_socket_cookie(socket), &answer)) {
        answer = send_all(translation, request, socket, transport);
    }
    close(socket);
    return answer;
}
#endif
