package io.tenantry.operations.client;

/** With what the API is asked. Prints without what is secret. */
sealed interface ApiLogin {

  /** A token that somebody else got. */
  record Token(String value) implements ApiLogin {
    @Override
    public String toString() {
      return "a token";
    }
  }

  /** A client of the built-in issuer, which gets tokens by itself. */
  record Client(String id, String secret) implements ApiLogin {
    @Override
    public String toString() {
      return "client " + id;
    }
  }
}
