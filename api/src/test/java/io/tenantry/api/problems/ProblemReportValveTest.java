package io.tenantry.api.problems;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemReportValveTest {

  /** A container without any of our filters, as when it refuses before them. */
  @Test
  void aContainerThatIsAwayForNowSaysWhenToComeBack(@TempDir Path folder) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    ((StandardHost) tomcat.getHost()).setErrorReportValveClass(ProblemReportValve.class.getName());
    Context context = tomcat.addContext("", folder.toString());
    Tomcat.addServlet(context, "away", new Away());
    context.addServletMappingDecoded("/", "away");
    // As behind TLS: only then may a browser be told to insist on it.
    tomcat.getConnector().setSecure(true);
    tomcat.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/");
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(answer.headers().firstValue("Strict-Transport-Security"))
          .hasValue("max-age=31536000 ; includeSubDomains");
      assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static final class Away extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.sendError(503);
    }
  }
}
