package io.tenantry.operations.client;

import java.net.http.HttpHeaders;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A good answer of the API.
 *
 * @param body a missing node when there is none
 */
public record ApiAnswer(int status, JsonNode body, HttpHeaders headers) {

  /** Where the operation is that the answer speaks of; empty when nothing is under way. */
  public Optional<String> location() {
    return headers.firstValue("Location");
  }
}
