package io.tenantry.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several who do something at the same time. */
public final class AtOnce {

  private static final int THREADS = 8;

  private AtOnce() {}

  /** All of them by eight threads; their results in the same order, or the first one's failure. */
  public static <T> List<T> all(List<Callable<T>> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<T> results = new ArrayList<>();
      for (Future<T> one : threads.invokeAll(work)) {
        results.add(one.get());
      }
      return results;
    }
  }
}
