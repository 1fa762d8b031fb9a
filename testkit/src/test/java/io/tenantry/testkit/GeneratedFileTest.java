package io.tenantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFileTest {

  @TempDir private Path folder;

  @Test
  void aFileThatSaysSomethingElseIsNamedWithTheFirstLineThatDiffers() throws IOException {
    Path page = Files.writeString(folder.resolve("page.md"), "a\nb\nc\n");
    GeneratedFile file = GeneratedFile.of(page.toString());
    file.mustBe("a\nb\nc\n");
    assertThat(file.text()).isEqualTo("a\nb\nc\n");
    assertThatThrownBy(() -> file.mustBe("a\nx\nc\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("page.md", "make docs", "Line 2", "b", "x");
    assertThatThrownBy(() -> file.mustBe("a\nb\nc\nd\n")).hasMessageContaining("Line 4");
  }
}
