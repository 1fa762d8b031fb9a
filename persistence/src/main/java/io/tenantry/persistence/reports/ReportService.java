package io.tenantry.persistence.reports;

import io.tenantry.persistence.paging.Page;
import io.tenantry.persistence.paging.PageKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reports of the tenant in scope. */
@Service
@Transactional
public class ReportService {

  public Report file(NewReport report) {
    throw new UnsupportedOperationException();
  }

  @Transactional(readOnly = true)
  public Report get(UUID id) {
    throw new UnsupportedOperationException();
  }

  @Transactional(readOnly = true)
  public Page<Report> list(int limit, @Nullable PageKey after) {
    throw new UnsupportedOperationException();
  }

  public Report change(UUID id, int expectedVersion, ReportChange change) {
    throw new UnsupportedOperationException();
  }

  public void delete(UUID id, int expectedVersion) {
    throw new UnsupportedOperationException();
  }
}
