package io.tenantry.persistence.reports;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The reports of the tenant in scope, one at a time. */
interface ReportRepository extends JpaRepository<ReportEntity, UUID> {}
