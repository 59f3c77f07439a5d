#ifdef __linux__
#include "filter.h"

#include "call.h"
#include "request.h"
#include "untranslated.h"

#ifdef PORTRUN_SHARES_MEMORY
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>

// Linux 5.19
#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif

enum { instruction_limit = 160 };

static struct sock_filter instructions[instruction_limit];
static struct sock_fprog program = {.filter = instructions};

static void add(unsigned code, unsigned value, int if_true, int if_false) {
    instructions[program.len++] = (struct sock_filter){
        .code = (unsigned short)code, .jt = (unsigned char)if_true, .jf = (unsigned char)if_false, .k = value};
}

static void load(size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, (unsigned)offset, 0, 0); }
// Both machines are little-endian: the lower half of an argument comes first.
static void load_argument(int index) { load(offsetof(struct seccomp_data, args) + 8 * (size_t)index); }
static void allow(void) { add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0); }
static void notify(void) { add(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF, 0, 0); }

// Only an address as long as one of IPv4, and no longer than any, is worth a stop. Netlink's is shorter.
static void notify_if_address(int argument) {
    load_argument(argument);
    add(BPF_JMP | BPF_JGE | BPF_K, portrun_shortest_address, 0, 2);
    add(BPF_JMP | BPF_JGT | BPF_K, portrun_longest_address, 1, 0);
    notify();
    allow();
}

static void allow_unless_fast_open(int argument) {
    load_argument(argument);
    add(BPF_JMP | BPF_JSET | BPF_K, MSG_FASTOPEN, 1, 0);
    allow();
}

// All but those that neither end nor stop a process which does nothing about them.
static void notify_of_signal(void) {
    static const unsigned char harmless[] = {0, SIGCHLD, SIGCONT, SIGURG, SIGWINCH};
    load_argument(1);
    for (size_t index = 0; index < sizeof harmless; index++) {
        add(BPF_JMP | BPF_JEQ | BPF_K, harmless[index], (int)(sizeof harmless - index), 0);
    }
    notify();
    allow();
}

static void add_call(enum portrun_call_kind kind, bool has_udp) {
    switch (kind) {
    case portrun_call_bind:
    case portrun_call_connect:
        load_argument(3);
        add(BPF_JMP | BPF_JEQ | BPF_K, portrun_untranslated_mark, 0, 1);
        allow();
        notify_if_address(2);
        break;
    case portrun_call_sendto:
        if (!has_udp) allow_unless_fast_open(3);
        notify_if_address(5);
        break;
    case portrun_call_sendmsg:
        if (!has_udp) allow_unless_fast_open(2);
        notify();
        break;
    case portrun_call_sendmmsg:
        if (!has_udp) allow_unless_fast_open(3);
        notify();
        break;
    case portrun_call_socketcall:
        // A program may take no EINTR from what sends, so nothing is stopped in vain.
        load_argument(0);
        for (int call = 0; call < portrun_call_socketcall; call++) {
            if (call >= portrun_call_sendto && !has_udp) break;
            add(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)portrun_socketcall_numbers[call], 0, 1);
            notify();
        }
        allow();
        break;
    case portrun_call_kill:
    case portrun_call_sigqueueinfo:
    case portrun_call_pidfd_send_signal:
        notify_of_signal();
        break;
    }
}

// The calls of one architecture. The number that is looked at stays in the accumulator until one fits.
static void add_architecture(const struct portrun_numbers *numbers, bool has_udp, bool has_others) {
    int check = program.len;
    add(BPF_JMP | BPF_JEQ | BPF_K, numbers->architecture, 0, 0);
    load(offsetof(struct seccomp_data, nr));
    for (int kind = 0; kind < portrun_call_kind_count; kind++) {
        if (numbers->calls[kind] < 0 || (kind > portrun_call_socketcall && !has_others)) continue;
        int test = program.len;
        add(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)numbers->calls[kind], 0, 0);
        add_call((enum portrun_call_kind)kind, has_udp);
        instructions[test].jf = (unsigned char)(program.len - test - 1);
    }
    allow();
    instructions[check].jf = (unsigned char)(program.len - check - 1);
}

void portrun_write_filter(bool has_udp, bool has_others) {
    program.len = 0;
    load(offsetof(struct seccomp_data, arch));
    for (int index = 0; index < portrun_architecture_count; index++) {
        add_architecture(&portrun_architectures[index], has_udp, has_others);
    }
    allow();
}

static int install(unsigned long flags) {
    return (int)portrun_call(SYS_seccomp, SECCOMP_SET_MODE_FILTER, (long)flags, (long)&program, 0, 0);
}

int portrun_install_filter(void) {
    // Without the last a signal ends a call that is being answered; without the second every process below would run
    // slower on some machines (speculative store bypass).
    unsigned long flags = SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_SPEC_ALLOW
        | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
    int listener = install(flags);
    if (listener == -EINVAL) {
        flags &= ~SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;
        listener = install(flags);
    }
    // An ordinary user has to give up to become another one: `sudo` does not work then. Root need not.
    if (listener == -EACCES && portrun_call(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) {
        listener = install(flags);
    }
    return listener;
}
#endif
#endif
