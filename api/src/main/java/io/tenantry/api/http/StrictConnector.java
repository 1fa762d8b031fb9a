package io.tenantry.api.http;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.stereotype.Component;

/**
 * What the container must not be lenient about. A proxy and this server that disagree on where a
 * request ends, or on what its path is, let one caller's bytes become another's request. Most of it
 * is the container's default; said here so that no setting and no new default changes it.
 */
@Component
class StrictConnector implements TomcatConnectorCustomizer {

  private static final int MOST_HEADERS = 100;
  private static final int MOST_PARAMETERS = 100;
  private static final int TRAILER_BYTES = 1024;

  @Override
  public void customize(Connector connector) {
    // Paths with an encoded slash, a dot segment with parameters, or a backslash mean different
    // things to different readers.
    connector.setRejectSuspiciousURIs(true);
    connector.setAllowBackslash(false);
    connector.setEncodedSolidusHandling(EncodedSolidusHandling.REJECT.getValue());
    connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.REJECT.getValue());
    connector.setURIEncoding("UTF-8");
    connector.setAllowTrace(false);
    connector.setXpoweredBy(false);
    connector.setEnableLookups(false);
    // A request object that is kept beyond its request shows nothing of the next one.
    connector.setDiscardFacades(true);
    connector.setMaxParameterCount(MOST_PARAMETERS);
    // Multipart bodies are not read here.
    connector.setMaxPartCount(0);
    if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
      http.setRelaxedPathChars("");
      http.setRelaxedQueryChars("");
      http.setMaxHeaderCount(MOST_HEADERS);
      http.setMaxTrailerSize(TRAILER_BYTES);
      http.setMaxExtensionSize(TRAILER_BYTES);
      http.setAllowedTrailerHeaders("");
      http.setServer(null);
      http.setServerRemoveAppProvidedValues(true);
    }
  }
}
