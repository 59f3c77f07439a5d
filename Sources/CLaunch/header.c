#ifdef __linux__
// mmsghdr
#define _GNU_SOURCE

#include "header.h"

#include <sys/socket.h>
#include <sys/uio.h>

struct header_32 {
    uint32_t name, name_length, pieces, piece_count, control, control_size, flags;
};

struct message_32 {
    struct header_32 header;
    uint32_t length;
};

struct piece_32 {
    uint32_t address, size;
};

static bool read_target(
    const struct portrun_request *request, uint64_t address, uint32_t length, struct portrun_address *target) {
    target->length = 0;
    target->bytes.ss_family = AF_UNSPEC;
    if (address == 0 || length == 0) return true;
    // As the kernel does; sendto(2) fails, and is not stopped.
    target->length = length < portrun_longest_address ? length : portrun_longest_address;
    return portrun_read_memory(request->thread, address, &target->bytes, target->length);
}

bool portrun_read_header(
    const struct portrun_request *request, uint32_t index, struct portrun_header *header,
    struct portrun_address *target) {
    if (request->kind == portrun_call_sendto) {
        *header = (struct portrun_header){.pieces = request->data, .piece_count = 1};
        return read_target(request, request->pointer, request->length, target);
    }
    bool has_many = request->kind == portrun_call_sendmmsg;
    if (request->is_32_bit) {
        struct header_32 their;
        uint64_t stride = has_many ? sizeof(struct message_32) : 0;
        if (!portrun_read_memory(request->thread, request->pointer + index * stride, &their, sizeof their))
            return false;
        *header = (struct portrun_header){their.pieces, their.piece_count, their.control, their.control_size};
        return read_target(request, their.name, their.name_length, target);
    }
    struct msghdr their;
    uint64_t stride = has_many ? sizeof(struct mmsghdr) : 0;
    if (!portrun_read_memory(request->thread, request->pointer + index * stride, &their, sizeof their)) return false;
    *header = (struct portrun_header){
        (uintptr_t)their.msg_iov, their.msg_iovlen, (uintptr_t)their.msg_control, their.msg_controllen};
    return read_target(request, (uintptr_t)their.msg_name, their.msg_namelen, target);
}

bool portrun_read_piece(
    const struct portrun_request *request, const struct portrun_header *header, uint64_t index,
    struct portrun_piece *piece) {
    if (request->kind == portrun_call_sendto) {
        *piece = (struct portrun_piece){header->pieces, request->size};
        return true;
    }
    if (request->is_32_bit) {
        struct piece_32 their;
        if (!portrun_read_memory(request->thread, header->pieces + index * sizeof their, &their, sizeof their))
            return false;
        *piece = (struct portrun_piece){their.address, their.size};
        return true;
    }
    struct iovec their;
    if (!portrun_read_memory(request->thread, header->pieces + index * sizeof their, &their, sizeof their))
        return false;
    *piece = (struct portrun_piece){(uintptr_t)their.iov_base, their.iov_len};
    return true;
}

void portrun_write_length(const struct portrun_request *request, uint32_t index, uint32_t length) {
    uint64_t place = request->is_32_bit
        ? index * sizeof(struct message_32) + offsetof(struct message_32, length)
        : index * sizeof(struct mmsghdr) + offsetof(struct mmsghdr, msg_len);
    struct iovec own = {&length, sizeof length};
    struct iovec their = {(void *)(uintptr_t)(request->pointer + place), sizeof length};
    process_vm_writev(request->thread, &own, 1, &their, 1, 0);
}
#endif
