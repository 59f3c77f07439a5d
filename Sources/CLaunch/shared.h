#ifndef PORTRUN_SHARED_H
#define PORTRUN_SHARED_H

#include "translation.h"

#include <stdatomic.h>

#ifdef __linux__
#include <linux/seccomp.h>

enum { portrun_port_count = 65536 };

// A set of ports.
struct portrun_ports {
    uint8_t bits[portrun_port_count / 8];
};

static inline bool portrun_has_port(const struct portrun_ports *ports, uint16_t port) {
    return ports->bits[port / 8] >> (port % 8) & 1;
}
static inline void portrun_add_port(struct portrun_ports *ports, uint16_t port) {
    ports->bits[port / 8] |= (uint8_t)(1 << (port % 8));
}
static inline void portrun_remove_port(struct portrun_ports *ports, uint16_t port) {
    ports->bits[port / 8] &= (uint8_t) ~(1 << (port % 8));
}

// A call that was received and is not answered yet; its id is 0 in a free one. The kernel writes into the slot itself,
// so that whoever takes over finds it whatever the moment in which the other was killed.
union portrun_slot {
    struct seccomp_notif notification;
    // Room for a kernel that says more: SECCOMP_GET_NOTIF_SIZES.
    char bytes[256];
};

enum { portrun_slot_count = 64, portrun_spare_rules = 64 };

struct portrun_kept_rule {
    struct portrun_rule rule;
    // Of the monotonic clock, in milliseconds: the last report. So that a loop of attempts makes no flood.
    int64_t reported;
    // A bit for each kind of report that has been made use of.
    uint8_t settled;
};

// What all see who serve a translation, or may have to.
struct portrun_shared {
    atomic_bool gate_is_open;
    size_t size;
    union portrun_slot slots[portrun_slot_count];
    // All declared ports, and all that stand in their place.
    struct portrun_ports declared, booked;
    // Ports that need not be looked at any more: those that have been reported.
    struct portrun_ports passed;
    // Ports that are somebody else's, and those of them a connection to which is yet to be reported.
    struct portrun_ports others, untold_others;
    // Ports for which has been asked whether another's server shares them.
    struct portrun_ports shared_ports;
    // A port in no rule is asked for before it is bound; those for which that has been done.
    bool asks_first;
    struct portrun_ports asked_first;
    // Ports in no rule that programs may connect to: another checkout's server was not found there.
    struct portrun_ports nobodys;
    // How many ephemeral ports have been asked for.
    uint32_t asked_ephemeral;
    // Of the monotonic clock, in milliseconds: the last report of one, and the last request for a port in its place.
    int64_t reported_other, asked;
    // Of the same clock: when a question was last left unanswered, as by a launcher that is stopped; 0 for never.
    int64_t unanswered;
    // How often a portrun below has told of what it has booked.
    int32_t news;
    // That a process cannot be read has been reported.
    bool has_told_unreadable;
    uint16_t first_ephemeral, last_ephemeral;
    // A lower port may take a privilege that who serves has and the program has not.
    uint16_t first_unprivileged;
    // There is room for `portrun_spare_rules` more than there were at the start.
    uint32_t rule_count, rule_limit;
    struct portrun_kept_rule rules[];
};

struct portrun_translation {
    struct portrun_shared *shared;
    // -1 for none.
    int listener;
    // A SEQPACKET socket to the other holder of the listener; -1 for none. Its end tells of the other's.
    int peer;
    // Whether the other one wants reports.
    bool is_heard;
    bool has_udp;
    // A pidfd of the shell whose job the command is, in the supervisor; -1 for none.
    int shell;
    // The end of a pipe whose other end the command has until it executes its program, in the supervisor; -1 for none.
    int executing;
    pid_t supervisor;
};
#endif

#endif
