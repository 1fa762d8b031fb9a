package io.tenantry.persistence.paging;

import java.time.Instant;
import java.util.UUID;

/**
 * The place of an item in a list that is ordered by time and id, newest first.
 *
 * @param time in microseconds, as stored
 * @param id decides between items of one time
 */
public record PageKey(Instant time, UUID id) {}
