package io.tenantry.persistence.reports;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** The reports of the tenant in scope. */
interface ReportRepository extends JpaRepository<ReportEntity, UUID> {

  @Query("select r from ReportEntity r order by r.createdAt desc, r.id desc")
  List<ReportEntity> newest(Limit limit);

  @Query(
      """
      select r from ReportEntity r
      where r.createdAt < :time or (r.createdAt = :time and r.id < :id)
      order by r.createdAt desc, r.id desc
      """)
  List<ReportEntity> before(Instant time, UUID id, Limit limit);
}
