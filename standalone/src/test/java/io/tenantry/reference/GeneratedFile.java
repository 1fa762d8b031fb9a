package io.tenantry.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A committed file whose text a test works out; {@code make docs} writes it anew. */
record GeneratedFile(Path path) {

  /** One of the repository, by its path from the root. */
  static GeneratedFile of(String path) {
    return new GeneratedFile(Path.of("..").resolve(path).toAbsolutePath().normalize());
  }

  void mustBe(String text) throws IOException {
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(path, text);
    }
    assertThat(Files.readString(path)).as("%s; run make docs", path.getFileName()).isEqualTo(text);
  }
}
