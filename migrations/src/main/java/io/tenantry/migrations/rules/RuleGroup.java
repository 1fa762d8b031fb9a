package io.tenantry.migrations.rules;

/** What a rule is there for. */
public enum RuleGroup {
  /** Keeps requests and other tenants safe while the changeset runs and after it. */
  RUNNING_SYSTEM("What endangers a running system"),
  /** Liquibase would say nothing, and do something else than what is written. */
  LIQUIBASE("What Liquibase would silently do otherwise"),
  /** How tables, columns and names look everywhere. */
  CONVENTION("Conventions");

  private final String title;

  RuleGroup(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
