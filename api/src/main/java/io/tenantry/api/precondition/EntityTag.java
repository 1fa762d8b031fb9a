package io.tenantry.api.precondition;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The strong entity tags of versioned resources: the version in quotes. */
public final class EntityTag {

  /** No resource has it, so a tag that is none of ours fails as a stale one does. */
  private static final int NO_VERSION = -1;

  private static final Pattern ONE = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
  private static final Pattern VERSION = Pattern.compile("0|[1-9][0-9]{0,8}");

  private EntityTag() {}

  /** The tag of {@code version}. */
  public static String of(long version) {
    return "\"" + version + "\"";
  }

  /**
   * The version that {@code If-Match} demands; one that no resource has, when the tag is weak or
   * not one of ours.
   *
   * @throws TenantryException with {@code precondition_required} when the header is missing or says
   *     {@code *}, which would match whatever others wrote meanwhile; with {@code
   *     parameter_invalid} when it is not exactly one entity tag
   */
  public static int demanded(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
      throw new TenantryException(
          ErrorCode.PRECONDITION_REQUIRED, "If-Match has to name the ETag that was last read.");
    }
    return version(ifMatch);
  }

  /** As {@link #demanded}, for a header that may be left out: then null. */
  public static @Nullable Integer optional(@Nullable String ifMatch) {
    return ifMatch == null ? null : version(ifMatch);
  }

  private static int version(String ifMatch) {
    Matcher tag = ONE.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw new TenantryException(
          ErrorCode.PARAMETER_INVALID,
          "If-Match is not one entity tag, such as \"3\".",
          List.of(new FieldError("If-Match", "parameter_invalid", "Send one tag, in quotes.")));
    }
    boolean ours = tag.group(1) == null && VERSION.matcher(tag.group(2)).matches();
    return ours ? Integer.parseInt(tag.group(2)) : NO_VERSION;
  }
}
