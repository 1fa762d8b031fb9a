package io.tenantry.control;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Draws UUIDv7, ordered by time. Thread-safe. */
final class Ids {

  private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  private Ids() {}

  static UUID next() {
    return GENERATOR.generate();
  }
}
