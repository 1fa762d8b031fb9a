package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.media.Schema;
import io.tenantry.persistence.paging.Page;

/** What a page of a list looks like. */
final class Lists {

  private Lists() {}

  static Schema<?> of(String item) {
    return Forms.answer(
        Forms.fields(
            "items",
            Forms.list(Forms.ref(item), Page.LARGEST),
            "nextCursor",
            Forms.orNull(Forms.string()).description("null on the last page.")));
  }
}
