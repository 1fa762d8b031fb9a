package io.tenantry.api.http;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The security headers of every answer, refusals before authentication included; that is why they
 * are not left to the security chains.
 */
final class ResponseHeaders {

  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  // The documentation page is static, but styles itself inline.
  private static final String DOCS_PAGE =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private ResponseHeaders() {}

  static Filter filter() {
    RequestMatcher docs = ResponseHeaders::isDocsPage;
    HeaderWriter docsPolicy = new ContentSecurityPolicyHeaderWriter(DOCS_PAGE);
    HeaderWriter dataPolicy = new ContentSecurityPolicyHeaderWriter(NOTHING);
    CrossOriginResourcePolicyHeaderWriter sameOrigin = new CrossOriginResourcePolicyHeaderWriter();
    sameOrigin.setPolicy(
        CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy.SAME_ORIGIN);
    HeaderWriterFilter filter =
        new HeaderWriterFilter(
            List.of(
                new XContentTypeOptionsHeaderWriter(),
                new XFrameOptionsHeaderWriter(),
                new HstsHeaderWriter(),
                new ReferrerPolicyHeaderWriter(
                    ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER),
                sameOrigin,
                new StaticHeadersWriter("Cache-Control", "no-store"),
                new DelegatingRequestMatcherHeaderWriter(docs, docsPolicy),
                new DelegatingRequestMatcherHeaderWriter(
                    new NegatedRequestMatcher(docs), dataPolicy)));
    // Early, or an answer that is large enough to be sent at once would go without them.
    filter.setShouldWriteHeadersEagerly(true);
    return filter;
  }

  private static boolean isDocsPage(HttpServletRequest request) {
    String path = request.getRequestURI();
    return path.equals("/docs") || path.startsWith("/swagger-ui/");
  }
}
