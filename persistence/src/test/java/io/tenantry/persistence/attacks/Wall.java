package io.tenantry.persistence.attacks;

/** What stops an attack; the walls are those of docs/architecture.md. */
enum Wall {
  CONNECTION("2 the connection"),
  GRANTS("3 the schema's grants"),
  ROWS("4 the row policy"),
  CAPABILITY("4 the capability"),
  STATEMENT("5 the statement's kind"),
  KEYS("5 keys that begin with the tenant"),
  REVOKES("5 revoked functions and rights"),
  /** The server refuses by itself; no setting of ours takes part. */
  SERVER("PostgreSQL itself"),
  TIMEOUT("the statement's timeout"),
  /** Nothing stops it; the page says what it comes to and how it is noticed. */
  NONE("nothing");

  private final String text;

  Wall(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
