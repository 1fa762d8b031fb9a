package io.tenantry.embedded;

import java.nio.file.Path;

/** Run as a JVM of its own: starts a server, commits a row, says so and waits to be killed. */
final class OrphanMaker {
  static final String READY = "committed";

  private OrphanMaker() {}

  public static void main(String[] args) throws Exception {
    EmbeddedPostgres server = EmbeddedPostgres.open(Servers.settings(Path.of(args[0])));
    Servers.execute(server, "create table kept (id int); insert into kept values (42)");
    System.out.println(READY);
    Thread.currentThread().join();
  }
}
