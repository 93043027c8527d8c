using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>Names that EBS sends to itself. One of its forms reads names in any case, so they are reserved in any.</summary>
internal static class ReservedNames
{
    private static readonly string[] Prefixes = ["XFR_", "SKEY_", "uwq_"];

    private static readonly HashSet<string> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        "ACTION_ID", "INTERACTION_ID", "SERVICE_KEY_NAME", "SERVICE_KEY_VALUE", "CALL_REASON", "EMPLOYEE_ID", "CUST_PARTY_ID", "REL_PARTY_ID", "PER_PARTY_ID",
        "CUST_PHONE_ID", "REL_PHONE_ID", "CUST_EMAIL_ID", "REL_EMAIL_ID", "CUST_ACCOUNT_ID", "ProcessedFlag", "WhichIVR", "MatchFlag", "FromEBC", "service_key_id",
        "CustomerName", "UWQ_BLOCK_MODE", "UWQ_CONTINUOUS_MODE",
    };

    private static readonly HashSet<string> Added = new(StringComparer.OrdinalIgnoreCase) { "occtMediaItemID", "workItemID", "occtMediaType", "occtAgentID", "occtEventName" };

    /// <summary>Whether the name makes a form believe in a transfer, or in a search that has been done.</summary>
    public static bool Switch(string name) => Switches.Contains(name) || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether EBS adds the pair itself.</summary>
    public static bool AddedByEbs(string name) => Added.Contains(name);
}
