package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemPagesIT {

  private final ApiServer api = ApiServer.shared();

  @ParameterizedTest
  @EnumSource
  void everyCodeHasADocumentForAnyone(ErrorCode code) {
    Answer entry = api.get("/problems/" + code.id()).send().is(200);
    assertThat(entry.header("Content-Type")).hasValue("application/json");
    assertThat(entry.text("type")).isEqualTo("/problems/" + code.id());
    assertThat(entry.text("title")).isEqualTo(code.title());
    assertThat(entry.json().path("status").asInt()).isEqualTo(code.status());
    assertThat(entry.json().path("retryable").asBoolean()).isEqualTo(code.retryable());
    assertThat(entry.text("hint")).isEqualTo(code.hint());
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeHasAPageForABrowser(ErrorCode code) {
    Answer page = page(code.id()).is(200);
    assertThat(page.body())
        .startsWith("<!DOCTYPE html>")
        .contains(code.id(), Integer.toString(code.status()))
        .doesNotContain("<script", "style=");
  }

  @Test
  void aPageCarriesTheHeadersOfEveryAnswer() {
    Answer page = page("not_found").is(200);
    assertThat(page.demanded("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.demanded("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(page.demanded("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("X-Request-Id")).isPresent();
  }

  @Test
  void whatIsWrittenInTheCatalogueCannotBecomeMarkup() {
    assertThat(page("token_missing").is(200).body()).contains("Bearer &lt;token&gt;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing_like_it", "NOT_FOUND", "%3Cscript%3E"})
  void anUnknownCodeIsAProblemItself(String code) {
    api.get("/problems/" + code).send().isProblem(404, "not_found");
    page(code).isProblem(404, "not_found");
  }

  @Test
  void thereIsNothingElseAround() {
    api.get("/problems").send().isProblem(404, "not_found");
    api.get("/problems/not_found/more").send().isProblem(404, "not_found");
    api.post("/problems/not_found", "{}").send().isProblem(405, "method_not_allowed");
    api.get("/problems/not_found")
        .header("Accept", "image/png")
        .send()
        .isProblem(406, "not_acceptable");
  }

  /** As a browser asks. */
  private Answer page(String code) {
    return api.get("/problems/" + code)
        .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
        .send();
  }
}
