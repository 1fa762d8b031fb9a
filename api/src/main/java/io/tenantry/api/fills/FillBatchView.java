package io.tenantry.api.fills;

import java.util.List;

/**
 * A batch as it is answered.
 *
 * @param items one for each fill that was sent, in that order
 */
record FillBatchView(List<FillView> items) {}
