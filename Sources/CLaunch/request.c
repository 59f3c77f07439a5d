#ifdef __linux__
// process_vm_readv(2)
#define _GNU_SOURCE

#include "request.h"

#include <linux/audit.h>
#include <linux/net.h>
#include <sys/uio.h>

const int portrun_socketcall_numbers[] = {SYS_BIND, SYS_CONNECT, SYS_SENDTO, SYS_SENDMSG, SYS_SENDMMSG};

// In the order of `portrun_call_kind`.
const struct portrun_numbers portrun_architectures[] = {
#if defined(__x86_64__)
    {AUDIT_ARCH_X86_64, false, {49, 42, 44, 46, 307, -1, 62, 129, 424}},
    {AUDIT_ARCH_I386, true, {361, 362, 369, 370, 345, 102, 37, 178, 424}},
#elif defined(__aarch64__)
    {AUDIT_ARCH_AARCH64, false, {200, 203, 206, 211, 269, -1, 129, 138, 424}},
    {AUDIT_ARCH_ARM, true, {282, 283, 290, 296, 374, -1, 37, 178, 424}},
#else
    {0, false, {-1, -1, -1, -1, -1, -1, -1, -1, -1}},
    {0, false, {-1, -1, -1, -1, -1, -1, -1, -1, -1}},
#endif
};

bool portrun_read_memory(pid_t thread, uint64_t address, void *bytes, size_t size) {
    struct iovec own = {bytes, size}, theirs = {(void *)(uintptr_t)address, size};
    return process_vm_readv(thread, &own, 1, &theirs, 1, 0) == (ssize_t)size;
}

static const struct portrun_numbers *numbers(uint32_t architecture) {
    for (int index = 0; index < portrun_architecture_count; index++) {
        if (portrun_architectures[index].architecture == architecture) return &portrun_architectures[index];
    }
    return NULL;
}

static bool find_kind(const struct portrun_numbers *numbers, int number, enum portrun_call_kind *kind) {
    for (int index = 0; index < portrun_call_kind_count; index++) {
        if (numbers->calls[index] != number) continue;
        *kind = (enum portrun_call_kind)index;
        return true;
    }
    return false;
}

// Puts the call that socketcall(2) is told, and its arguments, which lie in memory, in the place of its own.
static bool unwrap(pid_t thread, enum portrun_call_kind *kind, uint64_t arguments[6]) {
    int number = (int)arguments[0];
    uint32_t words[6] = {0};
    int index = 0;
    while (index < portrun_call_socketcall && portrun_socketcall_numbers[index] != number) index++;
    if (index == portrun_call_socketcall) return false;
    *kind = (enum portrun_call_kind)index;
    size_t count = *kind == portrun_call_sendto ? 6 : *kind == portrun_call_sendmmsg ? 4 : 3;
    if (!portrun_read_memory(thread, arguments[1], words, count * sizeof *words)) return false;
    for (size_t place = 0; place < 6; place++) arguments[place] = words[place];
    return true;
}

bool portrun_read_request(const struct seccomp_notif *notification, struct portrun_request *request) {
    const struct portrun_numbers *known = numbers(notification->data.arch);
    enum portrun_call_kind kind;
    if (known == NULL || !find_kind(known, notification->data.nr, &kind)) return false;
    uint64_t arguments[6];
    for (int index = 0; index < 6; index++) arguments[index] = notification->data.args[index];
    pid_t thread = (pid_t)notification->pid;
    if (kind == portrun_call_socketcall && !unwrap(thread, &kind, arguments)) return false;
    *request = (struct portrun_request){
        .kind = kind, .is_32_bit = known->is_32_bit, .thread = thread, .descriptor = (int)arguments[0]};
    switch (kind) {
    case portrun_call_bind:
    case portrun_call_connect:
        request->pointer = arguments[1];
        request->length = (uint32_t)arguments[2];
        break;
    case portrun_call_sendto:
        request->data = arguments[1];
        request->size = arguments[2];
        request->flags = (int)arguments[3];
        request->pointer = arguments[4];
        request->length = (uint32_t)arguments[5];
        break;
    case portrun_call_sendmsg:
        request->pointer = arguments[1];
        request->flags = (int)arguments[2];
        request->length = 1;
        break;
    case portrun_call_sendmmsg:
        request->pointer = arguments[1];
        request->length = (uint32_t)arguments[2];
        request->flags = (int)arguments[3];
        break;
    case portrun_call_kill:
    case portrun_call_sigqueueinfo:
    case portrun_call_pidfd_send_signal:
        break;
    case portrun_call_socketcall:
        return false;
    }
    // 0 is a thread of a pid namespace that cannot be seen from here.
    return thread > 0;
}
#endif
