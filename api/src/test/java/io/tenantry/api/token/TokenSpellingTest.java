package io.tenantry.api.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.BadJwtException;

class TokenSpellingTest {

  private static final int TRIED = 200_000;
  private static final String TRIED_CHARACTERS = "ABQRgwx019-_-_AQgw=.+/ \n\u00e4\u0141";

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "AA.AAA.AAAA", "AQ.AAE.Zm9v-_-_", "Zg.Zm8.Zm9v"})
  void theShortestSpellingIsTaken(String token) {
    assertThatCode(() -> TokenSpelling.demandOne(token)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AB", "AA.AAB", "AP.AA", "AAC", "Zh.Zm8", "AA.Zm9"})
  void bitsThatNobodyReadsAreRefused(String token) {
    assertThatThrownBy(() -> TokenSpelling.demandOne(token))
        .isInstanceOf(BadJwtException.class)
        .hasMessageContaining("not the shortest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A", "AAAAA", "AA==", "AAA=", "AA.A A", "A+AA", "A/AA", "AA\n", "AAA\u0141"})
  void whatIsNotBase64UrlIsRefused(String token) {
    assertThatThrownBy(() -> TokenSpelling.demandOne(token))
        .isInstanceOf(BadJwtException.class)
        .hasMessageContaining("not base64url");
  }

  /** Decoding each part and encoding it again is the long way to the same answer. */
  @Test
  void itRefusesWhatDecodingAndEncodingAgainWouldChangeAndNothingElse() {
    Random random = new Random(7);
    int taken = 0;
    for (int tried = 0; tried < TRIED; tried++) {
      StringBuilder token = new StringBuilder();
      for (int length = random.nextInt(9); length > 0; length--) {
        // Mostly of the alphabet: else nearly all would be refused.
        int among = random.nextInt(4) == 0 ? TRIED_CHARACTERS.length() : 20;
        token.append(TRIED_CHARACTERS.charAt(random.nextInt(among)));
      }
      boolean same = comesBackTheSame(token.toString());
      taken += same ? 1 : 0;
      assertThat(isTaken(token.toString())).as("'%s'", token).isEqualTo(same);
    }
    assertThat(taken).isBetween(TRIED / 100, TRIED - TRIED / 100);
  }

  private static boolean isTaken(String token) {
    try {
      TokenSpelling.demandOne(token);
      return true;
    } catch (BadJwtException e) {
      return false;
    }
  }

  private static boolean comesBackTheSame(String token) {
    return Stream.of(token.split("\\.", -1)).allMatch(TokenSpellingTest::partComesBackTheSame);
  }

  private static boolean partComesBackTheSame(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
