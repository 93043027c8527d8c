using System;
using System.Collections.Generic;

namespace OracleCct.Protocol;

/// <summary>Provides the names that EBS uses itself. They are reserved in any case, because one of its forms reads names in any case.</summary>
internal static class ReservedNames
{
    private static readonly string[] Prefixes = ["XFR_", "SKEY_", "uwq_"];

    private static readonly HashSet<string> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        "ACTION_ID", "INTERACTION_ID", "SERVICE_KEY_NAME", "SERVICE_KEY_VALUE", "CALL_REASON", "EMPLOYEE_ID", "CUST_PARTY_ID", "REL_PARTY_ID", "PER_PARTY_ID",
        "CUST_PHONE_ID", "REL_PHONE_ID", "CUST_EMAIL_ID", "REL_EMAIL_ID", "CUST_ACCOUNT_ID", "ProcessedFlag", "WhichIVR", "MatchFlag", "FromEBC",
        "service_key_id", "CustomerName", "UWQ_BLOCK_MODE", "UWQ_CONTINUOUS_MODE",
    };

    private static readonly HashSet<string> Added = new(StringComparer.OrdinalIgnoreCase)
    {
        "occtMediaItemID", "workItemID", "occtMediaType", "occtAgentID", "occtEventName",
    };

    /// <summary>Indicates whether the name makes a form assume that the call was transferred or the customer already found.</summary>
    public static bool IsSwitch(string name) =>
        Switches.Contains(name) || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Indicates whether EBS adds a pair of that name itself.</summary>
    public static bool IsAddedByEbs(string name) => Added.Contains(name);
}
