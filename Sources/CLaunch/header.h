#ifndef PORTRUN_HEADER_H
#define PORTRUN_HEADER_H

#include "address.h"
#include "request.h"

// A message as a program describes it: msghdr of sendmsg(2), in either size, or the arguments of sendto.
struct portrun_header {
    // Of an array of iovec, but for sendto, where it is the one piece itself.
    uint64_t pieces;
    uint64_t piece_count;
    uint64_t control;
    size_t control_size;
};

struct portrun_piece {
    uint64_t address;
    size_t size;
};

// Reads message `index`, and where it goes, which may be nowhere. False for what cannot be read.
bool portrun_read_header(
    const struct portrun_request *request, uint32_t index, struct portrun_header *header,
    struct portrun_address *target);

bool portrun_read_piece(
    const struct portrun_request *request, const struct portrun_header *header, uint64_t index,
    struct portrun_piece *piece);

// Writes the size of what was sent of message `index` to where sendmmsg(2) has it: an output of the call.
void portrun_write_length(const struct portrun_request *request, uint32_t index, uint32_t length);

#endif
