package io.tenantry.standalone;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** Starts everything and stays until it is told to stop. */
@Command(name = "run", description = "Starts everything in one process, until Ctrl-C.")
final class RunCommand implements Callable<Integer> {

  @Override
  public Integer call() throws InterruptedException {
    Standalone system = new Standalone(StandaloneSettings.from(System.getenv()));
    // Before the start: a server that is being started when Ctrl-C comes has to be stopped too.
    Runtime.getRuntime().addShutdownHook(new Thread(system::close, "tenantry-shutdown"));
    System.out.println(Banner.of(system.start()));
    // Ends with the process: the shutdown hook stops everything in order.
    new CountDownLatch(1).await();
    return 0;
  }
}
