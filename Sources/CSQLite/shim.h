#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#ifdef __linux__
#include <sys/vfs.h> /* statfs, which Swift's Glibc leaves out */
#endif

/* Swift cannot call a C function with variable arguments. */

/* Leaves out the locks around every call and allocation, and the count of memory in use. To be called before SQLite is
 * used at all, by a process of one thread. */
static inline int portrun_expect_one_thread(void) {
    int code = sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    return code != SQLITE_OK ? code : sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static inline int portrun_no_checkpoint_on_close(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/* A file system of SQLite's whose pauses somebody else makes. */
typedef struct {
    sqlite3_vfs vfs;
    char name[32];
    void (*pause)(void *context, int microseconds);
    void *context;
} portrun_file_system;

static inline int portrun_pause(sqlite3_vfs *vfs, int microseconds) {
    portrun_file_system *system = (portrun_file_system *)vfs;
    system->pause(system->context, microseconds);
    return microseconds;
}

/* The usual one but for that, to be opened by its name; NULL without memory. */
static inline portrun_file_system *portrun_make_file_system(void (*pause)(void *context, int microseconds)) {
    sqlite3_vfs *usual = sqlite3_vfs_find((char *)0);
    portrun_file_system *system = usual ? (portrun_file_system *)malloc(sizeof *system) : 0;
    if (!system) return 0;
    snprintf(system->name, sizeof system->name, "portrun-%p", (void *)system);
    system->pause = pause;
    system->context = 0;
    system->vfs = *usual;
    system->vfs.zName = system->name;
    system->vfs.xSleep = portrun_pause;
    sqlite3_vfs_register(&system->vfs, 0);
    return system;
}

static inline const char *portrun_name(const portrun_file_system *system) { return system->name; }

static inline void portrun_drop_file_system(portrun_file_system *system) {
    sqlite3_vfs_unregister(&system->vfs);
    free(system);
}
