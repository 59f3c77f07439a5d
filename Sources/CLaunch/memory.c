#ifdef __linux__
#define _GNU_SOURCE

#include "memory.h"

#include "clock.h"

#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

// When to give back memory; 0 for not.
static int64_t due;

// Gives back the pages from `start` on that are still as the file has them: a page that was written to is not of the
// file any more, which /proc/self/pagemap tells in bit 61.
static void return_unchanged_pages(uintptr_t start, uintptr_t end, uintptr_t page, int pagemap) {
    uint64_t entries[512];
    while (start < end) {
        size_t wanted = (end - start) / page;
        if (wanted > sizeof entries / sizeof *entries) wanted = sizeof entries / sizeof *entries;
        ssize_t size = pread(pagemap, entries, wanted * sizeof *entries, (off_t)(start / page * sizeof *entries));
        if (size < (ssize_t)sizeof *entries) return;
        size_t count = (size_t)size / sizeof *entries;
        for (size_t index = 0; index < count; index++)
            if ((entries[index] >> 61 & 1) != 0) madvise((void *)(start + index * page), page, MADV_DONTNEED);
        start += count * page;
    }
}

// What of the program is mapped so that it can be written to, or so that it cannot.
static void return_segments(bool writable) {
    const ElfW(Phdr) *segments = (const ElfW(Phdr) *)getauxval(AT_PHDR);
    uintptr_t count = getauxval(AT_PHNUM), page = getauxval(AT_PAGESZ), base = 0;
    for (uintptr_t index = 0; index < count; index++)
        if (segments[index].p_type == PT_PHDR) base = (uintptr_t)segments - segments[index].p_vaddr;
    int pagemap = writable ? open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC) : -1;
    for (uintptr_t index = 0; index < count; index++) {
        if (segments[index].p_type != PT_LOAD || ((segments[index].p_flags & PF_W) != 0) != writable) continue;
        uintptr_t start = base + segments[index].p_vaddr, end = start + segments[index].p_memsz;
        start &= ~(page - 1);
        end = (end + page - 1) & ~(page - 1);
        if (!writable) {
            madvise((void *)start, end - start, MADV_DONTNEED);
        } else if (pagemap >= 0) {
            return_unchanged_pages(start, end, page, pagemap);
        }
    }
    if (pagemap >= 0) close(pagemap);
}

void portrun_return_memory_later(void) {
    // A command that ends sooner would wait for it.
    enum { delay = 200 };
    due = portrun_now() + delay;
}

int portrun_memory_timeout(void) {
    if (due == 0) return -1;
    int64_t rest = due - portrun_now();
    return rest > 0 ? (int)rest : 0;
}

void portrun_return_memory(void) {
    if (due == 0 || portrun_now() < due) return;
    due = 0;
    return_segments(false);
    return_segments(true);
}
#endif
