package io.tenantry.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * As whom the server's programs run. PostgreSQL refuses root, so that root needs a way around.
 *
 * @param name how messages call it
 * @param prefix what stands before each command
 * @param uid whom the data must belong to; -1 when it stays ours
 * @param gid the group of that user
 */
record RunAs(String name, List<String> prefix, int uid, int gid) {
  private static final int OURS = -1;
  private static final Duration SHORT = Duration.ofSeconds(30);

  /** Ends well when the folder can be entered, the server runs and its data can be read. */
  private static final String PROBE =
      "cd \"$1\" && \"$2\" --version && { [ \"$3\" = given ] || [ ! -e data ] || [ -r"
          + " data/PG_VERSION ]; }";

  static RunAs self() {
    return new RunAs("the current user", List.of(), OURS, OURS);
  }

  /** Inside, root is nobody to PostgreSQL; outside, all files keep belonging to root. */
  static RunAs userNamespace() {
    return new RunAs("a user namespace (unshare -U)", List.of("unshare", "-U"), OURS, OURS);
  }

  static RunAs nobodyBySetpriv(int uid, int gid) {
    return new RunAs(
        "user nobody (setpriv)",
        List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups"),
        uid,
        gid);
  }

  static RunAs nobodyByRunuser(int uid, int gid) {
    return new RunAs("user nobody (runuser)", List.of("runuser", "-u", "nobody", "--"), uid, gid);
  }

  /** What can be tried on this machine, the best first. */
  static List<RunAs> candidates() {
    if (id("-u") != 0) {
      return List.of(self());
    }
    int uid = id("-u", "nobody");
    int gid = id("-g", "nobody");
    return uid <= 0 || gid <= 0
        ? List.of(userNamespace())
        : List.of(userNamespace(), nobodyBySetpriv(uid, gid), nobodyByRunuser(uid, gid));
  }

  /** The first candidate that works with this home. */
  static RunAs choose(List<RunAs> candidates, Path home, Binaries binaries) throws IOException {
    List<String> tried = new ArrayList<>();
    for (RunAs candidate : candidates) {
      Commands.Result result = candidate.probe(home, binaries);
      if (result.ok()) {
        return candidate;
      }
      tried.add(candidate.name() + ": " + result.output());
    }
    throw new EmbeddedPostgresException(
        "the server cannot be run for " + home + "; tried " + String.join(", ", tried),
        "start as a normal user, or use a folder that other users can reach");
  }

  private Commands.Result probe(Path home, Binaries binaries) throws IOException {
    if (uid != OURS) {
      // To pass through, not to look: the password file in it stays ours alone.
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
    }
    return Commands.run(
        command(
            "sh",
            "-c",
            PROBE,
            "sh",
            home.toString(),
            binaries.program("postgres"),
            uid == OURS ? "kept" : "given"),
        SHORT);
  }

  List<String> command(String... words) {
    return Stream.concat(prefix.stream(), Stream.of(words)).collect(Collectors.toList());
  }

  /** Lets the server's programs read and write this file or folder. */
  void own(Path path) throws IOException {
    if (uid != OURS
        && Files.exists(path)
        && !Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(uid)) {
      Folders.giveTo(path, uid, gid);
    }
  }

  private static int id(String... words) {
    Commands.Result result =
        Commands.run(Stream.concat(Stream.of("id"), Stream.of(words)).toList(), SHORT);
    return result.ok() ? Integer.parseInt(result.output()) : OURS;
  }
}
