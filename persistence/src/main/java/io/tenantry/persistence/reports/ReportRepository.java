package io.tenantry.persistence.reports;

import io.tenantry.persistence.paging.Page;
import jakarta.persistence.QueryHint;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.jpa.HibernateHints;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;

/** The reports of the tenant in scope. */
interface ReportRepository extends JpaRepository<ReportEntity, UUID> {

  @QueryHints(@QueryHint(name = HibernateHints.HINT_FETCH_SIZE, value = "" + Page.FETCH_SIZE))
  @Query("select r from ReportEntity r order by r.createdAt desc, r.id desc")
  Stream<ReportEntity> newest(Limit limit);

  @QueryHints(@QueryHint(name = HibernateHints.HINT_FETCH_SIZE, value = "" + Page.FETCH_SIZE))
  @Query(
      """
      select r from ReportEntity r
      where r.createdAt < :time or (r.createdAt = :time and r.id < :id)
      order by r.createdAt desc, r.id desc
      """)
  Stream<ReportEntity> before(Instant time, UUID id, Limit limit);
}
