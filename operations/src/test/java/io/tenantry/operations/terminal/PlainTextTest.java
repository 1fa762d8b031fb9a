package io.tenantry.operations.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PlainTextTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x07, 0x08, 0x0d, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0x200b, 0x200e, 0x200f,
        0x061c, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068,
        0x2069, 0xfeff, 0xe0041
      })
  void whatCouldSteerATerminalIsShownByItsNumber(int point) {
    String character = Character.toString(point);
    StringBuilder number = new StringBuilder();
    character.chars().forEach(c -> number.append(String.format("\\u%04x", c)));
    assertThat(PlainText.line("a" + character + "b")).isEqualTo("a" + number + "b");
    assertThat(printed("a" + character + "b")).isEqualTo("a" + number + "b");

    String json = Json.text(Map.of("name", "a" + character + "b"));
    assertThat(json).contains("\"a").doesNotContain(character);
    assertThat(JsonMapper.shared().readTree(json).path("name").asString())
        .isEqualTo("a" + character + "b");
  }

  @Test
  void whatPeopleWriteStaysAsItIs() {
    String name = "Čapek, 株式会社, שלום, 🙂, a\\u001b";
    assertThat(PlainText.line(name)).isEqualTo(name);
    assertThat(printed(name)).isEqualTo(name);
    assertThat(Json.text(Map.of("name", name))).contains("株式会社", "שלום", "🙂");
  }

  @Test
  void aLineHasNoEndOfItsOwnAndATextOfLinesKeepsThem() {
    assertThat(PlainText.line("a\nb\tc")).isEqualTo("a\\u000ab\\u0009c");
    assertThat(printed("a\nb\tc\r\n")).isEqualTo("a\nb\tc\\u000d\n");
  }

  private static String printed(String text) {
    StringWriter written = new StringWriter();
    PrintWriter writer = PlainWriter.to(new PrintWriter(written));
    writer.print(text);
    writer.write(new char[] {});
    writer.flush();
    return written.toString();
  }
}
