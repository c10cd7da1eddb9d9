/* What stands between a database and its disk (LD_PRELOAD; docs/faults.md).

   Of every file under FAULTS_FOLDER it appends to FAULTS_TRACE what was written, cut, created, renamed, unlinked and
   forced to disk, in order and with its bytes, once the call has returned. It obeys the orders in FAULTS_ORDERS, a file of
   eight 64-bit numbers that the harness changes while the program runs. A record: kind, length of the first and of the
   second path, where (an offset; of a sync, how long the trace was when it began), length of the bytes; then all three. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* room: bytes that still fit, -1 for no end; fail_syncs, halve_writes: how many to come; slow_*: microseconds; clock:
   seconds to add; obeyed: how often an order was carried out. */
struct orders {
    volatile int64_t room, fail_syncs, halve_writes, slow_writes, slow_syncs, clock, obeyed, unused;
};
struct __attribute__((packed)) record {
    char kind;
    uint16_t path, other;
    int64_t where;
    uint64_t length;
};

static struct orders nothing = {.room = -1}, *orders = &nothing;
static const char *folder;
static size_t folder_length;
static int trace = -1;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("FAULTS_ORDERS");
    int file = name ? syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CLOEXEC) : -1;
    if (file >= 0) {
        void *shared = mmap(NULL, sizeof *orders, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (shared != MAP_FAILED) orders = shared;
        syscall(SYS_close, file);
    }
    if ((name = getenv("FAULTS_TRACE")) && (file = syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_APPEND | O_CLOEXEC)) >= 0)
        trace = fcntl(file, F_DUPFD_CLOEXEC, 900), syscall(SYS_close, file);
    name = getenv("FAULTS_FOLDER");
    folder = name ? strdup(name) : NULL; /* PostgreSQL writes its titles over the environment */
    folder_length = folder ? strlen(folder) : 0;
}

static int is_ours(const char *path) {
    return folder && !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || !path[folder_length]) &&
           !strstr(path, "-shm") && !strstr(path, " (deleted)");
}
static int path_of(int file, char *path) {
    char link[32];
    if (!folder || file == trace) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = syscall(SYS_readlink, link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_ours(path);
}
static void whole(const char *path, char *out) { /* PostgreSQL names files from its data folder */
    if (path[0] == '/' || !getcwd(out, PATH_MAX - 2)) snprintf(out, PATH_MAX, "%s", path);
    else snprintf(out + strlen(out), PATH_MAX - strlen(out), "/%s", path[0] == '.' && path[1] == '/' ? path + 2 : path);
}
static void tell(char kind, const char *path, const char *other, int64_t where, const void *bytes, uint64_t length) {
    if (trace < 0) return;
    int was = errno;
    struct record record = {kind, strlen(path), strlen(other), where, length};
    struct iovec parts[] = {{&record, sizeof record}, {(void *)path, record.path}, {(void *)other, record.other},
                            {(void *)bytes, length}};
    syscall(SYS_writev, trace, parts, 4);
    errno = was;
}
static void obeyed(void) { __atomic_add_fetch(&orders->obeyed, 1, __ATOMIC_SEQ_CST); }
static int take(volatile int64_t *left) {
    int64_t had = *left;
    while (had > 0 && !__atomic_compare_exchange_n(left, &had, had - 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    if (had > 0) obeyed();
    return had > 0;
}
static void wait_for(int64_t microseconds) {
    if (microseconds > 0) {
        struct timespec pause = {microseconds / 1000000, microseconds % 1000000 * 1000};
        obeyed();
        while (syscall(SYS_nanosleep, &pause, &pause) && errno == EINTR);
    }
}

/* How many of these bytes the disk takes; -1 where it is full. */
static ssize_t allowed(size_t length) {
    wait_for(orders->slow_writes);
    if (orders->room >= 0) {
        int64_t had = orders->room;
        if (had == 0 || (int64_t)length > had) obeyed();
        if (had == 0) { errno = ENOSPC; return -1; }
        if ((int64_t)length > had) length = had;
        orders->room = had - length;
    }
    return length > 1 && take(&orders->halve_writes) ? length / 2 : length;
}

static ssize_t written(int file, const void *bytes, size_t length, off_t where) {
    return where < 0 ? syscall(SYS_write, file, bytes, length) : syscall(SYS_pwrite64, file, bytes, length, where);
}
static ssize_t put(int file, const void *bytes, size_t length, off_t where) {
    char path[PATH_MAX];
    if (!path_of(file, path)) return written(file, bytes, length, where);
    pthread_mutex_lock(&one_at_a_time);
    ssize_t most = length ? allowed(length) : 0, done = most;
    if (most >= 0) {
        off_t at = where;
        if (where < 0) at = fcntl(file, F_GETFL) & O_APPEND ? lseek(file, 0, SEEK_END) : lseek(file, 0, SEEK_CUR);
        done = written(file, bytes, most, where);
        if (done > 0) tell('w', path, "", at, bytes, done);
    }
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}
ssize_t write(int file, const void *bytes, size_t length) { return put(file, bytes, length, -1); }
ssize_t pwrite(int file, const void *bytes, size_t length, off_t where) { return put(file, bytes, length, where); }
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t where) { return put(file, bytes, length, where); }

static ssize_t put_parts(int file, const struct iovec *parts, int count, off_t where) {
    ssize_t total = 0;
    for (int at = 0; at < count; at++) {
        ssize_t done = put(file, parts[at].iov_base, parts[at].iov_len, where < 0 ? -1 : where + total);
        if (done < 0) return total ? total : -1;
        total += done;
        if ((size_t)done < parts[at].iov_len) break;
    }
    return total;
}
ssize_t writev(int file, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    return path_of(file, path) ? put_parts(file, parts, count, -1) : syscall(SYS_writev, file, parts, count);
}
ssize_t pwritev(int file, const struct iovec *parts, int count, off_t where) { return put_parts(file, parts, count, where); }
ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t where) { return put_parts(file, parts, count, where); }

static int cut(int file, off_t length) {
    char path[PATH_MAX];
    if (!path_of(file, path)) return syscall(SYS_ftruncate, file, length);
    pthread_mutex_lock(&one_at_a_time);
    int done = syscall(SYS_ftruncate, file, length);
    if (!done) tell('t', path, "", length, "", 0);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}
int ftruncate(int file, off_t length) { return cut(file, length); }
int ftruncate64(int file, off64_t length) { return cut(file, length); }

static int force(int file, long call) {
    char path[PATH_MAX];
    if (!path_of(file, path)) return syscall(call, file);
    wait_for(orders->slow_syncs);
    if (take(&orders->fail_syncs)) { /* what was to be forced counts as clean from here on, and may never reach the disk */
        tell('f', path, "", 0, "", 0);
        errno = EIO;
        return -1;
    }
    struct stat so_far = {0};
    if (trace >= 0) fstat(trace, &so_far);
    int done = syscall(call, file);
    if (!done) tell('s', path, "", so_far.st_size, "", 0);
    return done;
}
int fsync(int file) { return force(file, SYS_fsync); }
int fdatasync(int file) { return force(file, SYS_fdatasync); }

static int open_at(int folder_file, const char *path, int flags, mode_t mode) {
    char name[PATH_MAX];
    struct stat found;
    int makes = 0, empties = 0;
    if (folder && flags & (O_CREAT | O_TRUNC) && (folder_file == AT_FDCWD || path[0] == '/')) {
        whole(path, name);
        if (is_ours(name)) {
            int is_there = !stat(name, &found);
            makes = !is_there && flags & O_CREAT;
            empties = is_there && flags & O_TRUNC && found.st_size;
        }
    }
    int file = syscall(SYS_openat, folder_file, path, flags, mode);
    if (file >= 0 && makes) tell('c', name, "", 0, "", 0);
    if (file >= 0 && empties) tell('t', name, "", 0, "", 0);
    return file;
}
#define WITH_MODE(call) \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); } \
    return call;
int open(const char *path, int flags, ...) { WITH_MODE(open_at(AT_FDCWD, path, flags, mode)) }
int open64(const char *path, int flags, ...) { WITH_MODE(open_at(AT_FDCWD, path, flags, mode)) }
int openat(int at, const char *path, int flags, ...) { WITH_MODE(open_at(at, path, flags, mode)) }
int openat64(int at, const char *path, int flags, ...) { WITH_MODE(open_at(at, path, flags, mode)) }

static void tell_named(char kind, const char *path, const char *other) {
    char one[PATH_MAX], two[PATH_MAX] = "";
    whole(path, one);
    if (*other) whole(other, two);
    if (is_ours(one)) tell(kind, one, two, 0, "", 0);
}
int rename(const char *from, const char *to) {
    int done = syscall(SYS_rename, from, to);
    if (!done && folder) tell_named('r', from, to);
    return done;
}
int link(const char *from, const char *to) {
    int done = syscall(SYS_link, from, to);
    if (!done && folder) tell_named('l', from, to);
    return done;
}
int unlink(const char *path) {
    int done = syscall(SYS_unlink, path);
    if (!done && folder) tell_named('u', path, "");
    return done;
}
int mkdir(const char *path, mode_t mode) {
    int done = syscall(SYS_mkdir, path, mode);
    if (!done && folder) tell_named('d', path, "");
    return done;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int done = syscall(SYS_clock_gettime, clock, now);
    if (!done && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += orders->clock;
    return done;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    int done = syscall(SYS_gettimeofday, now, zone);
    if (!done) now->tv_sec += orders->clock;
    return done;
}
time_t time(time_t *out) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}
