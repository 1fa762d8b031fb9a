@NullMarked
package io.tenantry.operations.certificate;

import org.jspecify.annotations.NullMarked;
