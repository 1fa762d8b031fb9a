package io.tenantry.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesArchiveIT {
  @TempDir Path folder;

  @Test
  void twoAtOnceGetOneWholeFolderAndNothingIsLeftBesideIt() throws Exception {
    Path killed = Files.createDirectories(folder.resolve(".unpacking-1-1/bin"));
    Files.setLastModifiedTime(
        folder.resolve(".unpacking-1-1"), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    CompletableFuture<Path> other =
        CompletableFuture.supplyAsync(() -> BinariesArchive.unpackInto(folder));
    Path unpacked = BinariesArchive.unpackInto(folder);
    assertThat(other.get()).isEqualTo(unpacked);
    assertThat(killed).doesNotExist();
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries).containsExactly(unpacked);
    }
    assertThat(unpacked.resolve("bin/postgres")).isExecutable();
    try (Stream<Path> libraries = Files.list(unpacked.resolve("lib"))) {
      assertThat(libraries.filter(Files::isSymbolicLink))
          .isNotEmpty()
          .allSatisfy(link -> assertThat(link).exists());
    }
  }

  @Test
  void whatIsThereIsUsedAgain() throws Exception {
    Path unpacked = BinariesArchive.unpackInto(folder);
    FileTime made = Files.getLastModifiedTime(unpacked.resolve("bin"));
    assertThat(BinariesArchive.unpackInto(folder)).isEqualTo(unpacked);
    assertThat(Files.getLastModifiedTime(unpacked.resolve("bin"))).isEqualTo(made);
  }
}
