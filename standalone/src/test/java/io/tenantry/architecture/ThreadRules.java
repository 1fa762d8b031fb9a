package io.tenantry.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** Nothing hangs on to a thread, and no work slips to a thread where its tenant is unknown. */
final class ThreadRules {

  private static final Set<String> SERVING = Set.of("persistence", "api");

  private ThreadRules() {}

  static List<ArchitectureRule> all() {
    return List.of(
        new ArchitectureRule("threads", "keep nothing in a ThreadLocal", ThreadRules::threadLocals),
        new ArchitectureRule("async", "not use @Async", ThreadRules::async),
        new ArchitectureRule(
            "parallel",
            "not hand work to the common pool where it serves requests",
            ThreadRules::parallel));
  }

  private static Stream<String> threadLocals(Base base, JavaClass type) {
    return Uses.handled(type, other -> other.isAssignableTo(ThreadLocal.class));
  }

  private static Stream<String> async(Base base, JavaClass type) {
    return Uses.named(
        type,
        other -> other.isEquivalentTo(Async.class) || other.isEquivalentTo(EnableAsync.class));
  }

  private static Stream<String> parallel(Base base, JavaClass type) {
    if (!base.in(type, SERVING)) {
      return Stream.empty();
    }
    return Stream.concat(
        Uses.calls(type, ThreadRules::leavesTheThread),
        Uses.named(
            type,
            other ->
                other.isEquivalentTo(ForkJoinPool.class)
                    || other.isAssignableTo(ForkJoinTask.class)));
  }

  private static boolean leavesTheThread(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String method = access.getName();
    return method.equals("parallelStream")
        || (method.equals("parallel") && owner.isAssignableTo(BaseStream.class))
        || (method.endsWith("Async") && owner.isAssignableTo(CompletionStage.class));
  }
}
