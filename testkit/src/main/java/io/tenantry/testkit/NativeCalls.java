package io.tenantry.testkit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** Calls of the C library that Java has no words for. Stateless; for Linux and macOS. */
final class NativeCalls {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final long LONGEST = 4096;

  private NativeCalls() {}

  /** A function that takes and answers ints; below 0 it has failed. */
  static int ints(String name, int... arguments) {
    MemoryLayout[] types = new MemoryLayout[arguments.length];
    Arrays.fill(types, JAVA_INT);
    Object answer =
        call(
            name,
            FunctionDescriptor.of(JAVA_INT, types),
            Arrays.stream(arguments).boxed().toArray());
    int value = (int) answer;
    if (value < 0) {
      throw new IllegalStateException(name + Arrays.toString(arguments) + " answered " + value);
    }
    return value;
  }

  /** A function that answers a C string. */
  @SuppressWarnings("restricted")
  static String text(String name, int argument) {
    AddressLayout string =
        ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(LONGEST, JAVA_BYTE));
    MemorySegment answer =
        (MemorySegment) call(name, FunctionDescriptor.of(string, JAVA_INT), argument);
    return answer.getString(0);
  }

  /** {@code read} or {@code write}: how many bytes, at most 0 at the end or when it has failed. */
  static long bytes(String name, int file, MemorySegment buffer, long length) {
    return (long)
        call(
            name,
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
            file,
            buffer,
            length);
  }

  @SuppressWarnings("restricted")
  private static Object call(String name, FunctionDescriptor type, Object... arguments) {
    try {
      MethodHandle function =
          LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), type);
      return function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("While calling " + name, e);
    }
  }
}
