#define _GNU_SOURCE
#include "CSandbox.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void limit(int resource, int64_t value) {
  struct rlimit limit = {(rlim_t)value, (rlim_t)value};
  setrlimit(resource, &limit);
}

/* Bytes of address space that this process has. */
static int64_t own_space(void) {
  char text[64] = {0};
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t got = read(file, text, sizeof text - 1);
  close(file);
  return got > 0 ? strtoll(text, NULL, 10) * sysconf(_SC_PAGESIZE) : 0;
}

int32_t csandbox_write(int32_t out, const void *bytes, int64_t count) {
  const char *at = bytes;
  while (count > 0) {
    ssize_t done = write(out, at, (size_t)count);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return -1;
    at += done;
    count -= done;
  }
  return 0;
}

void csandbox_free(csandbox_result result) { free(result.bytes); }

static void become_quiet(int keep) {
  int null = open("/dev/null", O_RDWR);
  if (null >= 0) {
    dup2(null, 0);
    dup2(null, 1);
    dup2(null, 2);
  }
  if (keep > 2) {
    if (keep > 3) close_range(3, (unsigned)keep - 1, 0);
    close_range((unsigned)keep + 1, ~0U, 0);
  } else {
    close_range(3, ~0U, 0);
  }
}

/* Ends the group of processes and gives the status of its first. */
static int reap(pid_t child, int kill_first) {
  int status = 0;
  if (kill_first) kill(-child, SIGKILL);
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  kill(-child, SIGKILL);
  return status;
}

static void judge(csandbox_result *result, int status) {
  if (WIFEXITED(status)) {
    result->code = WEXITSTATUS(status);
    result->status = result->code == 0 ? CSANDBOX_OK : CSANDBOX_FAILED;
  } else {
    result->status =
        WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU ? CSANDBOX_TIME : CSANDBOX_CRASHED;
  }
}

csandbox_result csandbox_call(csandbox_work work, const void *context, csandbox_limits limits) {
  csandbox_result result = {CSANDBOX_SYSTEM, 0, NULL, 0};
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return result;
  int64_t space = own_space();
  int64_t deadline = now() + limits.milliseconds;
  pid_t child = fork();
  if (child < 0) {
    close(ends[0]);
    close(ends[1]);
    return result;
  }
  if (child == 0) {
    setpgid(0, 0);
    for (int signal_number = 1; signal_number < 32; signal_number++) signal(signal_number, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    become_quiet(ends[1]);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, limits.milliseconds / 1000 + 1);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_AS, space + limits.memory);
    _exit(work(context, ends[1]));
  }
  setpgid(child, child);
  close(ends[1]);
  int64_t capacity = 0;
  int is_late = 0, is_much = 0;
  for (;;) {
    int64_t left = deadline - now();
    if (left <= 0) { is_late = 1; break; }
    struct pollfd wait = {ends[0], POLLIN, 0};
    int ready = poll(&wait, 1, left > 1000000 ? 1000000 : (int)left);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) continue;
    if (result.count == capacity) {
      capacity = capacity ? capacity * 2 : 65536;
      uint8_t *larger = realloc(result.bytes, (size_t)capacity);
      if (!larger) { is_much = 1; break; }
      result.bytes = larger;
    }
    ssize_t got = read(ends[0], result.bytes + result.count, (size_t)(capacity - result.count));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    result.count += got;
    if (result.count > limits.output) { is_much = 1; break; }
  }
  close(ends[0]);
  int status = reap(child, is_late || is_much);
  if (is_late) result.status = CSANDBOX_TIME;
  else if (is_much) result.status = CSANDBOX_OUTPUT;
  else judge(&result, status);
  return result;
}

static int remove_entry(const char *path, const struct stat *facts, int kind, struct FTW *walk) {
  (void)facts; (void)kind; (void)walk;
  return remove(path);
}

/* Removes what an office program that was ended left: sockets of this user to which nobody listens any more.
   LibreOffice makes them in /tmp whatever TMPDIR says. */
static void remove_dead_pipes(void) {
  char prefix[64];
  int length = snprintf(prefix, sizeof prefix, "OSL_PIPE_%u_", (unsigned)getuid());
  DIR *folder = opendir("/tmp");
  if (!folder) return;
  for (struct dirent *entry; (entry = readdir(folder));) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strncmp(entry->d_name, prefix, (size_t)length) != 0) continue;
    int written = snprintf(address.sun_path, sizeof address.sun_path, "/tmp/%s", entry->d_name);
    if (written >= (int)sizeof address.sun_path) continue;
    int end = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (end < 0) break;
    if (connect(end, (struct sockaddr *)&address, sizeof address) != 0 && errno == ECONNREFUSED) {
      unlink(address.sun_path);
    }
    close(end);
  }
  closedir(folder);
}

static const char *temporary_folder(void) {
  const char *temporary = getenv("TMPDIR");
  return !temporary || !*temporary || strlen(temporary) > 400 ? "/tmp" : temporary;
}

/* Says who works in a folder: a file in it that stays locked as long as a process of the work is there. It has its name
   only once it is locked. Returns the open file, or -1. */
static int claim(const char *folder) {
  char making[640], name[640];
  snprintf(making, sizeof making, "%s/.owner-new", folder);
  snprintf(name, sizeof name, "%s/.owner", folder);
  int file = open(making, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return -1;
  if (flock(file, LOCK_EX | LOCK_NB) == 0 && rename(making, name) == 0) return file;
  close(file);
  return -1;
}

void csandbox_clean(void) {
  const char *temporary = temporary_folder();
  DIR *folder = opendir(temporary);
  if (!folder) return;
  for (struct dirent *entry; (entry = readdir(folder));) {
    char path[640], name[900];
    struct stat facts;
    if (strncmp(entry->d_name, "huice-", 6) != 0 || strlen(entry->d_name) != 12) continue;
    snprintf(path, sizeof path, "%s/%s", temporary, entry->d_name);
    if (lstat(path, &facts) != 0 || !S_ISDIR(facts.st_mode) || facts.st_uid != getuid()) continue;
    snprintf(name, sizeof name, "%s/.owner", path);
    int file = open(name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0) continue;
    if (flock(file, LOCK_EX | LOCK_NB) == 0) nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    close(file);
  }
  closedir(folder);
}

static int write_file(const char *path, const void *bytes, int64_t count) {
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return -1;
  int failed = csandbox_write(file, bytes, count);
  return close(file) != 0 || failed ? -1 : 0;
}

static void read_file(const char *path, int64_t most, csandbox_result *result) {
  result->status = CSANDBOX_FAILED;
  result->code = -1;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat facts;
  if (file < 0) return;
  if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) { close(file); return; }
  if (facts.st_size > most) {
    result->status = CSANDBOX_OUTPUT;
  } else if ((result->bytes = malloc((size_t)facts.st_size + 1))) {
    ssize_t got;
    while (result->count < facts.st_size &&
           (got = read(file, result->bytes + result->count, (size_t)(facts.st_size - result->count))) > 0) {
      result->count += got;
    }
    result->status = result->count == facts.st_size ? CSANDBOX_OK : CSANDBOX_FAILED;
  }
  close(file);
}

csandbox_result csandbox_convert(const char *program, const void *bytes, int64_t count, const char *from,
                                 const char *filter, const char *to, csandbox_limits limits) {
  csandbox_result result = {CSANDBOX_SYSTEM, 0, NULL, 0};
  char folder[512], input[640], output[640], profile[700], home[640], own[640];
  csandbox_clean();
  snprintf(folder, sizeof folder, "%s/huice-XXXXXX", temporary_folder());
  if (!mkdtemp(folder)) return result;
  int owner = claim(folder);
  snprintf(input, sizeof input, "%s/in.%s", folder, from);
  snprintf(output, sizeof output, "%s/out/in.%s", folder, to);
  snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/profile", folder);
  snprintf(home, sizeof home, "HOME=%s", folder);
  snprintf(own, sizeof own, "TMPDIR=%s", folder);
  char *arguments[] = {(char *)program, profile, "--headless", "--norestore", "--nolockcheck",
                       "--nodefault", "--nologo", "--convert-to", (char *)filter, "--outdir", "out",
                       input, NULL};
  char *environment[] = {home, own, "PATH=/usr/bin:/bin", "LANG=C.UTF-8", NULL};
  if (write_file(input, bytes, count) == 0) {
    int64_t deadline = now() + limits.milliseconds;
    pid_t child = fork();
    if (child == 0) {
      setpgid(0, 0);
      if (chdir(folder) != 0) _exit(126);
      if (unshare(CLONE_NEWNET) != 0) unshare(CLONE_NEWUSER | CLONE_NEWNET);
      for (int signal_number = 1; signal_number < 32; signal_number++) signal(signal_number, SIG_DFL);
      sigset_t none;
      sigemptyset(&none);
      sigprocmask(SIG_SETMASK, &none, NULL);
      /* The claim stays with what runs in the folder, should this process be killed. */
      if (owner >= 0) fcntl(owner, F_SETFD, 0);
      become_quiet(owner);
      limit(RLIMIT_CORE, 0);
      limit(RLIMIT_CPU, limits.milliseconds / 1000 + 1);
      limit(RLIMIT_FSIZE, limits.output);
      limit(RLIMIT_DATA, limits.memory);
      execve(program, arguments, environment);
      _exit(127);
    }
    if (child > 0) {
      setpgid(child, child);
      int status = 0, is_late = 0;
      for (;;) {
        pid_t done = waitpid(child, &status, WNOHANG);
        if (done == child || (done < 0 && errno != EINTR)) break;
        if (now() > deadline) { is_late = 1; break; }
        struct timespec pause = {0, 20000000};
        nanosleep(&pause, NULL);
      }
      if (is_late) {
        reap(child, 1);
        result.status = CSANDBOX_TIME;
      } else {
        kill(-child, SIGKILL);
        judge(&result, status);
        if (result.status == CSANDBOX_OK) read_file(output, limits.output, &result);
      }
      /* What the program started ends a little later; its files are removed when it is gone. */
      for (int waits = 0; kill(-child, 0) == 0 && waits < 100; waits++) {
        struct timespec pause = {0, 10000000};
        nanosleep(&pause, NULL);
      }
      if (result.status != CSANDBOX_OK) remove_dead_pipes();
    }
  }
  nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  if (owner >= 0) close(owner);
  return result;
}
