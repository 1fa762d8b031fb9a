package io.tenantry.persistence.fills;

import java.util.List;

/**
 * What became of the fills of one request.
 *
 * @param fills one for each that was sent, in that order, as it stands
 * @param anyNew false when all were known before
 */
public record RecordedFills(List<Fill> fills, boolean anyNew) {

  public RecordedFills {
    fills = List.copyOf(fills);
  }
}
