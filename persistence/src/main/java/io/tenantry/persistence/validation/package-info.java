/** Collects what is wrong with the values of one command. */
@NullMarked
package io.tenantry.persistence.validation;

import org.jspecify.annotations.NullMarked;
